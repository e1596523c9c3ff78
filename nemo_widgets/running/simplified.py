"""Chinese in traditional characters, folded to simplified ones, so that words need be listed once. Pure."""

from __future__ import annotations

__all__ = ["simplified"]

_TRADITIONAL = (
    "這個項該為無誤錯問題異發現過達額積餘權違規內導傳請視頻時間軸線刪編輯處執務暫開還沒辦聽對遺會員級訂閱購買"
    "僅專業網絡臨體術統確認應據條檔後從將讓變動種斷驗證點擊選擇標說話們給與關進範圍區國帳賬號錄幾麼嗎"
    "樣裡裏誰長遠單雙縮擴圖畫聲訊檢測產畢續終轉換場鏡頭結復適當連費雲輸準則護絕須實滿審觸設備夠"
    "載夾軟鬆壞損獲嘗試簡幫團隊顯覺歡隨剛類監歲訴敗來帶樂靜儲於冊寫別啟週複覆盡屬並煩綁繼識負責許簽經價係"
)
_SIMPLIFIED = (
    "这个项该为无误错问题异发现过达额积余权违规内导传请视频时间轴线删编辑处执务暂开还没办听对遗会员级订阅购买"
    "仅专业网络临体术统确认应据条档后从将让变动种断验证点击选择标说话们给与关进范围区国帐账号录几么吗"
    "样里里谁长远单双缩扩图画声讯检测产毕续终转换场镜头结复适当连费云输准则护绝须实满审触设备够"
    "载夹软松坏损获尝试简帮团队显觉欢随刚类监岁诉败来带乐静储于册写别启周复复尽属并烦绑继识负责许签经价系"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with its traditional characters, those that talk of an edit has, as simplified ones.

    Each stands where it stood: places found in one are places in the other.

    >>> simplified("這個功能無法使用")
    '这个功能无法使用'
    """
    return text.translate(_FOLD)
