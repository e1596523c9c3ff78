"""What is done to a picture on its way to the canvas: turned, cropped, fitted, coloured, blended, faded."""
