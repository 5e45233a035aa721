package dev.agora.product.page.store;

import org.jspecify.annotations.Nullable;

/**
 * A page as it is stored.
 *
 * @param version the version of the rendering
 * @param content the content
 * @param category the category of the product that the page shows, null for other pages
 */
public record StoredPage(long version, PageContent content, @Nullable String category) {
}
