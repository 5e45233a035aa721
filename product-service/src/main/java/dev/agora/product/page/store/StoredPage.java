package dev.agora.product.page.store;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A page as it is stored.
 *
 * @param version the version of the rendering
 * @param content the content
 * @param category the category of the product that the page shows, null for other pages
 */
public record StoredPage(long version, PageContent content, @Nullable String category) {

	/** Whether another rendering has the same version and content. */
	public boolean isSameAs(StoredPage other) {
		return this.version == other.version && this.content.etag().equals(other.content.etag())
				&& Objects.equals(this.category, other.category);
	}

}
