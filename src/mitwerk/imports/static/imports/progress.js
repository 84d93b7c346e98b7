// Shows how far an import is, without anybody pressing "Look again". When the work is done the page is loaded anew.
const look = async () => {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#import");
  if (!fresh || fresh.dataset.working !== "1") return location.reload();
  document.querySelector(".import-progress").replaceWith(fresh.querySelector(".import-progress"));
  setTimeout(look, 2000);
};
setTimeout(look, 1500);
