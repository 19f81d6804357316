// Tabs that do not fit beside each other begin with the open one in view.
for (const open of document.querySelectorAll(".tabs [aria-current]")) {
  const tabs = open.closest(".tabs");
  tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
}
