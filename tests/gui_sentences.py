"""What the agent says about a window, with what is shown instead, and what only sounds like it."""

ENGLISH = {
    # export
    "Click the Export button.": "Export it with `%nemo export`.",
    "Click Export to download your video.": "Export it with `%nemo export`.",
    "Your video is ready! Click the **Export** button in the upper right corner to download it.": (
        "Your video is ready! Export it with `%nemo export`."
    ),
    "The title is in place, and you can click the Export button when you're happy with it.": (
        "The title is in place, and you can export it with `%nemo export` when you're happy with it."
    ),
    "To download the video, hit the “Export” button at the top right.": (
        "To download the video, export it with `%nemo export`."
    ),
    "You can download the video by clicking the Export button.": (
        "You can download the video by exporting it with `%nemo export`."
    ),
    "When you're done, just tap the download icon in the toolbar!": (
        "When you're done, just export it with `%nemo export`!"
    ),
    "Click Export and choose 720p.": "Export it with `%nemo export --resolution 720p`.",
    "Once you click Export, rendering takes about a minute.": (
        "Once you export it with `%nemo export`, rendering takes about a minute."
    ),
    "You'll find the Export button in the top right corner.": "You can export it with `%nemo export`.",
    "Don't click the Export button yet.": "Don't export it with `%nemo export` yet.",
    "Use the Export button to save the result as an MP4.": "Export it with `%nemo export`.",
    "Exporting is a step of its own and not an edit. Use the Export command.": (
        "Exporting is a step of its own and not an edit. Export it with `%nemo export`."
    ),
    "**Export:** Click the Export button.": "**Export:** Export it with `%nemo export`.",
    # panels and places
    "Open the Audio panel.": "See the tracks with `%nemo tracks`.",
    "You can open the Audio panel on the left to see the tracks.": (
        "You can see the tracks with `%nemo tracks`."
    ),
    "Go to the Text tab in the sidebar.": "See the tracks with `%nemo tracks`.",
    "Please open the export settings.": "Please export it with `%nemo export`.",
    "Open the History panel.": "See what was done with `%nemo runs`.",
    "Preview it in the timeline.": "See the timeline with `%nemo timeline`.",
    "I cut the pauses. You can preview the result in the timeline.": (
        "I cut the pauses. You can see the timeline with `%nemo timeline`."
    ),
    "Scroll through the timeline to see the cuts.": "See the timeline with `%nemo timeline`.",
    "Check out the preview on the right side.": "Play it with `%nemo play` after `%nemo export`.",
    "Play it in the preview window.": "Play it with `%nemo play` after `%nemo export`.",
    "Feel free to watch the result in the preview window, then click Export.": (
        "Feel free to play it with `%nemo play` after `%nemo export`, then export it with `%nemo export`."
    ),
    # drag, and what becomes an edit
    "Drag the title to 0:10.": "Type `%nemo edit move the title to 0:10`.",
    "Drag the clip to the end of the timeline.": (
        "Type `%nemo edit move the clip to the end of the timeline`."
    ),
    "If you'd like it later, you can drag the title to 0:10.": (
        "If you'd like it later, you can type `%nemo edit move the title to 0:10`."
    ),
    "Simply drag and drop the second clip in front of the first one.": (
        "Simply type `%nemo edit move the second clip in front of the first one`."
    ),
    "Drag the `Intro` clip to 0:10.": "Type `%nemo edit move the Intro clip to 0:10`.",
    "Drag the “Intro” clip to **0:10**.": "Type `%nemo edit move the “Intro” clip to 0:10`.",
    "Drag the volume slider to 50%.": "Type `%nemo edit set the volume to 50%`.",
    "Open the Audio panel and drag the volume slider down to 20%.": (
        "See the tracks with `%nemo tracks` and type `%nemo edit set the volume to 20%`."
    ),
    "Drag the edges of the clip to trim it.": "Type `%nemo edit trim the clip`.",
    "Click the Split button to split the clip at 0:30.": "Type `%nemo edit split the clip at 0:30`.",
    "Right-click the second clip and choose Delete.": "Type `%nemo edit delete the second clip`.",
    "Hover over the clip and click the trash icon.": "Type `%nemo edit delete the clip`.",
    # the rest
    "Click the Upload button to add your footage.": "Upload files with `%nemo upload FILE`.",
    "Drag and drop your files into the media library.": "Upload files with `%nemo upload FILE`.",
    "Check your account page for the balance.": "Check your credits with `%nemo credits`.",
    "You can check your billing in the settings.": "You can check your credits with `%nemo credits`.",
    "Not what you wanted? Press Ctrl+Z.": "Not what you wanted? Undo it with `%nemo undo`.",
    "Don't like it? Just click the undo button.": "Don't like it? Just undo it with `%nemo undo`.",
    "Press Ctrl+S to save your project.": "It is saved by itself.",
    "I added the music. Don't forget to click Save.": "I added the music. It is saved by itself.",
    "I added the music. Click the Apply button.": "I added the music.",
    "The title is set, and you can click Apply to confirm.": "The title is set.",
    "Press `Ctrl+Z` to undo.": "Undo it with `%nemo undo`.",
    "If you want to undo this, press Ctrl+Z (or Cmd+Z on Mac).": (
        "If you want to undo this, undo it with `%nemo undo`."
    ),
    "Press the spacebar to preview.": "Play it with `%nemo play` after `%nemo export`.",
    "Click the play button to preview the result.": "Play it with `%nemo play` after `%nemo export`.",
    # several steps in one sentence
    "Click the blue **Export** button (top right) and select 1080p.": (
        "Export it with `%nemo export --resolution 1080p`."
    ),
    "Click **Export** → choose **1080p** → hit **Download**.": (
        "Export it with `%nemo export --resolution 1080p`."
    ),
    "Head over to the Export tab and click Render.": "Export it with `%nemo export`.",
    "Once you're happy, click Apply and then Export.": ("Once you're happy, export it with `%nemo export`."),
    "Select the title in the timeline and press Delete to remove it.": "Type `%nemo edit delete the title`.",
    "Move the playhead to 0:30 and click Split.": "Type `%nemo edit split the clip at 0:30`.",
    "To set the volume, open the Audio panel and drag the slider to 50%.": (
        "To set the volume, see the tracks with `%nemo tracks` and type `%nemo edit set the volume to 50%`."
    ),
    "To change the font, click the title on the canvas and select a new font from the Text panel.": (
        "To change the font, type `%nemo edit change the font`."
    ),
    "You can adjust the volume by dragging the volume slider in the Audio panel.": (
        "You can adjust the volume by typing `%nemo edit adjust the volume`."
    ),
    "Open the settings and change the aspect ratio to 9:16.": (
        "See the tracks with `%nemo tracks` and type `%nemo edit change the aspect ratio to 9:16`."
    ),
    "Drag a crossfade from the Transitions panel onto the cut at 0:45.": (
        "Type `%nemo edit add a crossfade to the cut at 0:45`."
    ),
    "Just drag your clip to the timeline.": "Just type `%nemo edit add my clip to the timeline`.",
    "Now you can preview the video in the timeline or click Export to download it.": (
        "Now you can see the timeline with `%nemo timeline` or export it with `%nemo export`."
    ),
    "After clicking Export, wait for the render to finish.": (
        "After exporting it with `%nemo export`, wait for the render to finish."
    ),
    "Let me know if you'd like changes, or click Export when you're ready!": (
        "Let me know if you'd like changes, or export it with `%nemo export` when you're ready!"
    ),
    "Click on your profile icon and go to Billing to top up.": "Check your credits with `%nemo credits`.",
    "Could you please click the Export button?": "Could you please export it with `%nemo export`?",
    "I've cut the pauses; open the Audio panel to fine-tune the music.": (
        "I've cut the pauses; type `%nemo edit fine-tune the music`."
    ),
    # Markdown
    "To change the title:\n1. Click the title on the canvas\n2. Drag it to 0:10\n3. Click Export": (
        "To change the title:\n1. Type `%nemo edit move it to 0:10`\n2. Export it with `%nemo export`"
    ),
    "Done:\n\n- cut the pauses\n- click the Export button": (
        "Done:\n\n- cut the pauses\n- export it with `%nemo export`"
    ),
    "1. Open the Audio panel.\n2. Click the Apply button.\n3. Click **Export**.": (
        "1. See the tracks with `%nemo tracks`.\n2. Export it with `%nemo export`."
    ),
    "**Click Export** to download it.": "**Export it with `%nemo export`**.",
    "*Open the Audio panel.* It has 3 tracks.": "*See the tracks with `%nemo tracks`.* It has 3 tracks.",
    "All set.\n\nClick OK.\n\nEnjoy!": "All set.\n\nEnjoy!",
    # the documents' own phrases
    "Click Export to download your 60-second video in 1080p.": (
        "Export it with `%nemo export` to download your 60-second video in 1080p."
    ),
    "Open the Audio panel to see the 3 music tracks.": (
        "See the tracks with `%nemo tracks` to see the 3 music tracks."
    ),
    "Preview in timeline to see the new title at 0:10.": (
        "See the timeline with `%nemo timeline` to see the new title at 0:10."
    ),
    "Preview the 3 new cuts in the timeline.": (
        "See the timeline with `%nemo timeline` to see the 3 new cuts."
    ),
    "Press Ctrl+Z to undo the cut at 0:45.": "Undo it with `%nemo undo` to undo the cut at 0:45.",
    "Open the Text panel to see “Urban Dreams” now.": (
        "See the tracks with `%nemo tracks` to see “Urban Dreams” now."
    ),
    "You can preview in timeline.": "You can see the timeline with `%nemo timeline`.",
    "Preview it in timeline": "See the timeline with `%nemo timeline`",
    "Export button": "Export it with `%nemo export`",
    "The Export button is in the top right corner.": "Export it with `%nemo export`.",
    "Open [Audio panel].": "See the tracks with `%nemo tracks`.",
    "Open panel": "See the tracks with `%nemo tracks`",
    "Check your account billing page for credits.": "Check your credits with `%nemo credits`.",
    "Check account/billing.": "Check your credits with `%nemo credits`.",
    "You have no credits left. Click Upgrade to get more.": (
        "You have no credits left. Check your credits with `%nemo credits`."
    ),
    "Drag/drop the clip to the start.": "Type `%nemo edit move the clip to the start`.",
    "Click [Export].": "Export it with `%nemo export`.",
    "Hit play to preview it in the timeline.": "See the timeline with `%nemo timeline`.",
    "Press play to preview in the timeline.": "See the timeline with `%nemo timeline`.",
    "Hit play to preview it.": "Play it with `%nemo play` after `%nemo export`.",
    "Have a look at it in the timeline panel.": "See the timeline with `%nemo timeline`.",
    "Scrub through the timeline to preview it.": "See the timeline with `%nemo timeline`.",
    "Hit the space bar to play it.": "Play it with `%nemo play` after `%nemo export`.",
    "Export it with the Export button in the top right corner.": "Export it with `%nemo export`.",
    "Use the Export button in the top-right corner to download it.": "Export it with `%nemo export`.",
    "The Export button in the top right corner downloads it.": "Export it with `%nemo export`.",
    "Give the Export button a click.": "Export it with `%nemo export`.",
    "Give Export a click when you are happy.": "Export it with `%nemo export` when you are happy.",
    "A click on Export will do it.": "Export it with `%nemo export`.",
    "One click on Export and you have your film.": "Export it with `%nemo export`.",
    "Smash that Export button.": "Export it with `%nemo export`.",
    "When you're happy, the Export button is all you need.": (
        "When you're happy, export it with `%nemo export`."
    ),
    "Open the Media panel to see your clips.": "See the tracks with `%nemo tracks`.",
    "Pop open the Media panel.": "See the tracks with `%nemo tracks`.",
    "Go to the Text panel to change it.": "Type `%nemo edit change it`.",
    "Head over to the Media panel.": "See the tracks with `%nemo tracks`.",
    "Drag the clip onto the timeline.": "Type `%nemo edit add the clip to the timeline`.",
    "Drag and drop your video here.": "Upload files with `%nemo upload FILE`.",
    "Drop your files into the Media panel.": "Upload files with `%nemo upload FILE`.",
    "Check your account page for credits.": "Check your credits with `%nemo credits`.",
    "Have a look at your billing page.": "Check your credits with `%nemo credits`.",
    "See Account > Billing for your balance.": "Check your credits with `%nemo credits`.",
    "Give the Undo button a click if you don't like it.": "Undo it with `%nemo undo` if you don't like it.",
    "A tap on the Undo button takes it back.": "Undo it with `%nemo undo`.",
    "One click on Download and it is yours.": "Export it with `%nemo export`.",
    "Smash Export when you're done.": "Export it with `%nemo export` when you're done.",
    "The Download button gives you the MP4.": "Export it with `%nemo export`.",
    "Hit preview to see it in the timeline.": "See the timeline with `%nemo timeline`.",
    "Tap play.": "Play it with `%nemo play` after `%nemo export`.",
    "Press Play to watch it in the timeline.": "See the timeline with `%nemo timeline`.",
    "Have a quick look at the timeline.": "See the timeline with `%nemo timeline`.",
    "Take a look at the Audio panel.": "See the tracks with `%nemo tracks`.",
    "Undo it with the Undo button.": "Undo it with `%nemo undo`.",
    "Get it with the Download icon in the toolbar.": "Export it with `%nemo export`.",
    "The Undo button takes it back.": "Undo it with `%nemo undo`.",
    "Give play a tap.": "Play it with `%nemo play` after `%nemo export`.",
    "Would you mind clicking Export?": "Could you export it with `%nemo export`?",
}

CHINESE = {
    "点击“导出”按钮。": "用 `%nemo export` 导出。",
    "导出是单独的一步。请使用“导出”命令。": "导出是单独的一步。请用 `%nemo export` 导出。",
    "请点击右上角的导出按钮下载视频。": "请用 `%nemo export` 导出。",
    "视频已经剪好了，点击「导出」即可下载。": "视频已经剪好了，用 `%nemo export` 导出即可。",
    "您可以点击**导出**按钮来保存视频。": "您可以用 `%nemo export` 导出。",
    "完成后，只需点击右上角的下载图标！": "完成后，只需用 `%nemo export` 导出！",
    "打开音频面板。": "用 `%nemo tracks` 查看轨道。",
    "请打开左侧的“音频”面板查看音乐。": "请用 `%nemo tracks` 查看轨道。",
    "您可以在时间线中预览效果。": "您可以用 `%nemo timeline` 查看时间线。",
    "您可以在右侧预览窗口查看效果。": "您可以先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
    "可以在预览窗口播放视频。": "可以先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
    "将标题拖到0:10。": "输入 `%nemo edit 把标题移到0:10`。",
    "把第二个片段拖拽到最前面。": "输入 `%nemo edit 把第二个片段移到最前面`。",
    "如果想晚一点出现，可以把标题拖动到 0:10 处。": (
        "如果想晚一点出现，可以输入 `%nemo edit 把标题移到 0:10 处`。"
    ),
    "把音量滑块拖到50%。": "输入 `%nemo edit 把音量调到50%`。",
    "打开音频面板，把音量滑块拖到 20%。": ("用 `%nemo tracks` 查看轨道，输入 `%nemo edit 把音量调到 20%`。"),
    "点击上传按钮添加素材。": "用 `%nemo upload FILE` 上传。",
    "请把文件拖拽到媒体库。": "请用 `%nemo upload FILE` 上传。",
    "您可以在账户页面查看余额。": "您可以用 `%nemo credits` 查看积分。",
    "查看您的账户余额。": "用 `%nemo credits` 查看积分。",
    "您可以查看您账户的剩余积分。": "您可以用 `%nemo credits` 查看积分。",
    "如果不满意，点击撤销按钮。": "如果不满意，用 `%nemo undo` 撤销。",
    "不满意的话，按 Ctrl+Z 撤销。": "不满意的话，用 `%nemo undo` 撤销。",
    "按 Ctrl+S 保存项目。": "会自动保存。",
    "音乐已添加。点击“应用”按钮。": "音乐已添加。",
    "点击“分割”按钮把片段在0:30处分开。": "输入 `%nemo edit 把片段在0:30处分开`。",
    "剪好了。Click the Export button. 祝您愉快！": "剪好了。Export it with `%nemo export`. 祝您愉快！",
    "请点击 Export 按钮。": "请用 `%nemo export` 导出。",
    "您可以在右侧的音频面板中调整音量。": "您可以输入 `%nemo edit 调整音量`。",
    "您可以拖动音量滑块来调整音量。": "您可以输入 `%nemo edit 调整音量`。",
    "打开“文本”面板，修改标题。": "用 `%nemo tracks` 查看轨道，输入 `%nemo edit 修改标题`。",
    "右键点击片段，选择“删除”。": "输入 `%nemo edit 删除片段`。",
    "双击标题即可编辑文字。": "输入 `%nemo edit 修改文字`。",
    "在画布上拖动标题到右上角。": "输入 `%nemo edit 把标题移到右上角`。",
    "把转场从转场面板拖到片段之间。": "输入 `%nemo edit 把转场加到片段之间`。",
    "点击播放按钮预览效果。": "先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
    "完成后记得点击保存。": "会自动保存。",
    "已为您添加标题，点击“应用”即可生效。": "已为您添加标题。",
    "先点击导出，再下载视频。": "先用 `%nemo export` 导出，再下载视频。",
    "导出。": "用 `%nemo export` 导出。",
    "打开音频面板查看 3 条音轨。": "用 `%nemo tracks` 查看轨道，查看 3 条音轨。",
    "点击导出下载 60 秒的视频。": "用 `%nemo export` 导出，下载 60 秒的视频。",
    "导出按钮在右上角。": "用 `%nemo export` 导出。",
    "点击[导出]按钮。": "用 `%nemo export` 导出。",
    "打开[面板]": "用 `%nemo tracks` 查看轨道",
    "打开【音频面板】。": "用 `%nemo tracks` 查看轨道。",
    "拖拽片段到开头": "输入 `%nemo edit 把片段移到开头`",
    "请查看账户/账单。": "请用 `%nemo credits` 查看积分。",
    "- 打开文本面板\n- 点击导出": "- 用 `%nemo tracks` 查看轨道\n- 用 `%nemo export` 导出",
    "按播放预览。": "先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
    "点播放即可在时间线预览。": "用 `%nemo timeline` 查看时间线即可。",
    "在时间线上播放预览一下。": "用 `%nemo timeline` 查看时间线。",
    "可以在时间线中预览效果。": "可以用 `%nemo timeline` 查看时间线。",
    "点一下导出按钮。": "用 `%nemo export` 导出。",
    "给导出按钮点一下。": "用 `%nemo export` 导出。",
    "右上角的导出按钮可以下载。": "用 `%nemo export` 导出。",
    "用右上角的导出按钮导出。": "用 `%nemo export` 导出。",
    "打开媒体面板查看素材。": "用 `%nemo tracks` 查看轨道。",
    "把片段拖到时间线上。": "输入 `%nemo edit 把片段移到时间线上`。",
    "到账户页面查看余额。": "用 `%nemo credits` 查看积分。",
    "给撤销按钮点一下就能恢复。": "用 `%nemo undo` 撤销即可。",
    "点个导出就行。": "用 `%nemo export` 导出就行。",
    "导出按钮等着您点。": "用 `%nemo export` 导出。",
    "下载按钮可以下载。": "用 `%nemo export` 导出。",
    "点预览在时间线上查看。": "用 `%nemo timeline` 查看时间线。",
    "按一下播放。": "先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
    "点个播放。": "先用 `%nemo export` 导出，再用 `%nemo play` 播放。",
}
STAYS = [
    # the content of the video
    "A button falls into the river in the second scene.",
    'The title now says "Click here".',
    "The title now says Click the Export button.",
    "The last caption reads: Click the Export button.",
    "I dragged out the ending for suspense.",
    "He opens the door.",
    "He opens the menu and orders a coffee.",
    "The panel discussion at 0:30 is now shorter.",
    "The viewer should click the link in the description.",
    "In the tutorial, the presenter tells you to click the Export button.",
    "She clicks the button and the timeline of her life unrolls.",
    "Open the solar panel scene with a drone shot.",
    "Open the menu scene with a fade.",
    "The preview of the next episode is now 5 s long.",
    "Open with the preview of the match.",
    "Open on the harbour, then cut to the market.",
    "Open with a wide shot.",
    "Scene 2: click the Export button.",
    "0:30 – Open the settings menu",
    "- 0:00 Intro\n- 0:30 Open the settings menu\n- 1:00 Click the Export button",
    "I added these captions:\n\n- Open the app\n- Tap the Start button\n- Open the menu",
    "Here is the script:\n1. Click the Export button.\n2. Open the settings.\n\nIt takes 30 s to read.",
    "**Voiceover:** Open the settings and tap the button.",
    "> Click the Export button.",
    "The export took 40 s.",
    "The drop at 0:42 now falls on the beat.",
    "Drop the bass at 0:30 and hold it.",
    "Drag racing footage now opens the video.",
    "The drag queen's entrance was moved to 0:10.",
    "The second clip drags a little, so I cut 3 s.",
    "Your timeline is now 2:25 long.",
    "The icons on the canvas stay until 0:12.",
    "The play button animation starts at 0:05.",
    "The Export button in your screen recording is now visible for longer.",
    "The tutorial covers these steps:\n1. Open the settings panel\n2. Click the Export button",
    "At 0:30 the user clicks the Export button.",
    "In the tutorial, click the Export button is shown at 0:30.",
    "I kept the part where you open the settings panel and drag the slider.",
    "You click the Export button at 0:12 of your recording; I zoomed in there.",
    "When you open the Audio panel at 0:05 of the recording, the cursor is now bigger.",
    "They click the button and open the panel.",
    "She walks in, and you can see the menu in the window.",
    "CTA: Click the button below!",
    "Slide 3 – Click the Export button",
    "Press play, sit back and enjoy.",
    "Tap dance now comes first.",
    "Click track 3 is muted.",
    "When you click the bell in scene 3, a bird flies up.",
    "Drag the viewer into the story right from the start.",
    "Select takes of the interview now play first.",
    "Click, click, click: the camera shutter sets the rhythm.",
    "Use the second take instead.",
    "Your viewers can click the icon in the corner of the screen.",
    "It shows how to open the settings menu.",
    "I placed the button animation on the canvas so you can see the icon for longer.",
    "You can see the timeline of the company at 0:30.",
    "Slide transitions were added between the photos.",
    "When you press the button, the lights go out.",
    "Here's a summary:\n- **Scene 1**: Tap the menu icon\n- **Hook**: Click the button and win",
    # what the agent did
    "I opened with a wide shot.",
    "I clicked the scenes together.",
    "I opened the Audio panel and lowered the music to 20 %.",
    "I dragged the title to 0:10.",
    "I tightened the ending by dragging the clip to 0:40.",
    "I've exported the draft to the timeline.",
    "We checked the preview window for black frames.",
    # no instruction, or none that is plain
    "Did you click the Export button?",
    "Would you like me to open the Audio panel?",
    "You can export the video now.",
    "Let me know if the title should move to 0:10.",
    "There is no need to click anything.",
    "Save the date!",
    "Select the moments you like best.",
    "Move the title if you like.",
    "Tell me where to put the logo.",
    "Check the spelling of the names, please.",
    "Click here.",
    "The Export button is at 0:10.",
    "The Export button is visible for longer.",
    "导出的视频有 40 秒。",
    # quoted, code, links, tables
    "Try saying “drag the title to 0:10”.",
    "`Click the Export button.`",
    "```\nClick the Export button.\n```",
    "~~~text\nOpen the Audio panel.\n~~~\nThat was it.",
    "See [click the Export button](https://example.com/open-the-panel).",
    "https://example.com/click-the-export-button",
    "Export it with `%nemo export`.",
    "| step | text |\n|---|---|\n| 1 | Click the Export button. |",
    # Chinese
    "按钮掉进了河里。",
    "标题写着“点击导出”。",
    "标题现在写着：点击导出按钮。",
    "他打开门走了出去。",
    "他打开菜单点了一杯咖啡。",
    "她点击按钮，屏幕亮了起来。",
    "我打开了音频面板，把音乐调低到 20 %。",
    "我把标题拖到了0:10。",
    "结尾拖得有点长，我剪掉了 3 秒。",
    "拖拉机的镜头放在了最前面。",
    "面板讨论从 0:30 开始。",
    "时间线现在长 2:25。",
    "导出按钮的镜头缩短了 2 秒。",
    "视频以航拍打开，节奏更明快。",
    "您可以导出视频了。",
    "字幕如下：\n- 打开应用\n- 点击开始按钮",
    "画外音：点击按钮，开启新生活。",
    "需要我点击导出按钮吗？",
    "观众可以点击屏幕上的按钮。",
    "第二幕：打开菜单。",
    "她走进店里，打开菜单。",
    "视频中点击按钮的部分已经放大。",
    "第二段里，点击导出按钮的画面被保留。",
    "点击率很高的片段放在了开头。",
    "打开方式换成了淡入。",
    "打开盒子的镜头放在最前面。",
    "我在时间线中查看了剪辑效果。",
    "教程讲解以下步骤：\n1. 打开设置面板\n2. 点击导出按钮",
    "他把尸体拖到码头的尽头。",
    "把观众拖进故事的中间。",
    "按照时间线，先讲童年。",
    "到时间线结束，音乐渐弱。",
    "用第二段素材效果更好。",
    "按下按钮，灯灭了，标题出现。",
    "当你按下按钮，灯就灭了。",
    "用 `%nemo export` 导出。",
]
