// Says that there is new mail; reading it is up to the reader.
const news = document.getElementById("news");

async function look() {
  const count = await fetch("/aantal").then((answer) => answer.text()).catch(() => news.dataset.count);
  const more = Number(count) - Number(news.dataset.count);
  if (more > 0 && news.dataset.more !== String(more)) {
    news.dataset.more = String(more);
    news.innerHTML = '<a class="button" href="/"></a>';
    news.firstChild.textContent = more === 1 ? "Er is 1 nieuwe mail" : `Er zijn ${more} nieuwe mails`;
  }
}

if (news) setInterval(look, 2000);
