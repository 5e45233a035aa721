package dev.agora.product.page;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.CacheControl;

import dev.agora.platform.settings.SettingBounds;

/**
 * How pages are rendered and how long they may be cached.
 *
 * @param baseUrl the public address of the pages, without a path; canonical links and the
 * sitemap begin with it
 * @param listInterval the interval in which the pages of changed categories are rendered;
 * several changes of a category within it are rendered once
 * @param trendingInterval the interval in which the trending page is computed
 * @param sitemapInterval the interval in which the sitemap is written
 * @param listSize the maximum number of products on the page of a category
 * @param trendingSize the maximum number of products on the trending page
 * @param maxAge how long a browser may use a page without asking again
 * @param sharedMaxAge how long a CDN may use a page without asking again
 * @param staleWhileRevalidate how long a CDN may serve an outdated page while it asks
 * again
 * @param staleIfError how long a CDN may serve an outdated page while this system is
 * unavailable
 * @param renderPerRequest whether each request renders its page of a product or of a
 * category, instead of using the one that was rendered ahead of time; for comparisons
 */
@ConfigurationProperties("agora.pages")
public record PageSettings(@DefaultValue("http://127.0.0.1:8080") URI baseUrl,
		@DefaultValue("3s") Duration listInterval, @DefaultValue("5m") Duration trendingInterval,
		@DefaultValue("10m") Duration sitemapInterval, @DefaultValue("60") int listSize,
		@DefaultValue("30") int trendingSize, @DefaultValue("30s") Duration maxAge,
		@DefaultValue("60s") Duration sharedMaxAge, @DefaultValue("5m") Duration staleWhileRevalidate,
		@DefaultValue("1d") Duration staleIfError, @DefaultValue("false") boolean renderPerRequest) {

	public PageSettings {
		String path = baseUrl.getRawPath();
		if (baseUrl.getHost() == null || !(path == null || path.isEmpty() || path.equals("/"))) {
			throw new IllegalArgumentException(
					"agora.pages.base-url must be an address without a path, as in https://shop.example.org.");
		}
		SettingBounds.requirePositive("agora.pages.list-interval", listInterval);
		SettingBounds.requirePositive("agora.pages.trending-interval", trendingInterval);
		SettingBounds.requirePositive("agora.pages.sitemap-interval", sitemapInterval);
		SettingBounds.requireAtLeast("agora.pages.list-size", 1, listSize);
		SettingBounds.requireAtLeast("agora.pages.trending-size", 1, trendingSize);
	}

	/** Returns how long browsers and other caches may keep a page. */
	public CacheControl cacheControl() {
		return CacheControl.maxAge(this.maxAge)
			.cachePublic()
			.sMaxAge(this.sharedMaxAge)
			.staleWhileRevalidate(this.staleWhileRevalidate)
			.staleIfError(this.staleIfError);
	}

	/**
	 * Returns the public address of a page.
	 * @param target the path of the page, beginning with a slash
	 */
	public String urlOf(String target) {
		return this.baseUrl.resolve(target).toASCIIString();
	}

}
