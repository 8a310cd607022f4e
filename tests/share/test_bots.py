"""Programs are told from people by how they call themselves."""

import pytest

from videos.share.bots import is_bot

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
PEOPLE = [
    f"{CHROME} Safari/537.36",
    f"{SAFARI} Version/18.1 Mobile/15E148 Safari/604.1",
    f"{SAFARI} Mobile/22B83 [FBAN/FBIOS;FBAV/490.0;FBDV/iPhone15,2]",
    f"{SAFARI} Mobile/22B83 Instagram 350.0 (iPhone15,2; iOS 18_1; en_US)",
    f"{CHROME} Safari/537.36 Telegram-Android/11.2 (Google Pixel 8)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Linux; Android 14; CUBOT X70) Chrome/140.0 Mobile Safari/537.36",
]
PROGRAMS = [
    "",
    "Mozilla/5.0",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.24.20.89 A",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)" + " Slackbot",
    "Twitterbot/1.0 and more than twenty characters",
    "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/) Bot",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    f"{SAFARI} facebookexternalhit/1.1 Facebot Twitterbot/1.0",  # iMessage
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"{CHROME.replace('Chrome', 'HeadlessChrome')} Safari/537.36",
    "curl/8.5.0 with a long name after it",
    "python-requests/2.32.3 and so on",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_are_people(rf, agent):
    assert not is_bot(rf.get("/", headers={"User-Agent": agent}))


@pytest.mark.parametrize("agent", PROGRAMS)
def test_search_engines_link_previews_and_scripts_are_programs(rf, agent):
    assert is_bot(rf.get("/", headers={"User-Agent": agent}))


def test_a_page_that_a_browser_fetches_ahead_is_seen_by_nobody(rf):
    headers = {"User-Agent": PEOPLE[0], "Sec-Purpose": "prefetch;prerender"}
    assert is_bot(rf.get("/", headers=headers))
