/**
 * The pages that are rendered ahead of time and served without a read of the products.
 * <pre>
 * event      build.PageListener     &gt; build.ProductPages: renders the product's page, requests its category's
 * interval   build.ListPageSchedule &gt; build.ListPages: categories on request, trending, the sitemap
 * render     render.PageRenderer    views &gt; templates in src/main/jte &gt; HTML
 * store      store.Pages            an older version never replaces a newer one
 * cache      store.PageCache        the bytes that are served
 * request    web.PageController     &gt; store.PageCache &gt; store.Pages
 * </pre>
 */
@NullMarked
package dev.agora.product.page;

import org.jspecify.annotations.NullMarked;
