/* How htmx behaves here: no script from text and none of its styles (our CSP), no page kept in the browser, and the
   answer to whoever asks too often is shown like any other. */
Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "429", swap: true, error: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
