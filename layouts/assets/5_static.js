/* The one component of our own: an element with ready HTML inside (layouts/static.py). */
window.atlas_parts = {
  Static: ({ tag, html, props }) =>
    window.React.createElement(tag, { ...props, dangerouslySetInnerHTML: { __html: html } }),
};
