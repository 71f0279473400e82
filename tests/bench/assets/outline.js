/* An empty outline of the world: without one, plotly asks another host for it and draws nothing. */
(() => {
  const empty = { type: "GeometryCollection", geometries: [] };
  const kinds = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const objects = Object.fromEntries(kinds.map((kind) => [kind, empty]));
  window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", arcs: [], objects } } };
})();
