package dev.agora.product.page.store;

import java.time.Instant;

/**
 * A page in a list of pages.
 *
 * @param path the path
 * @param etag the entity tag of the content
 * @param changedAt when the content changed last
 */
public record PageEntry(String path, String etag, Instant changedAt) {

	/**
	 * A page with its content.
	 *
	 * @param path the path
	 * @param content the content
	 */
	public record WithContent(String path, PageContent content) {
	}

}
