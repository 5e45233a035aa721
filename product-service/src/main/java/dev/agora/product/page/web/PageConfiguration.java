package dev.agora.product.page.web;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.product.page.PageSettings;
import dev.agora.product.page.bake.BakeConfiguration;
import dev.agora.product.page.build.ListPageSchedule;
import dev.agora.product.page.build.ListPages;
import dev.agora.product.page.build.PageRequests;
import dev.agora.product.page.build.ProductPages;
import dev.agora.product.page.build.SitemapPages;
import dev.agora.product.page.build.TicketedPages;
import dev.agora.product.page.render.PageRenderer;
import dev.agora.product.page.render.Sitemap;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.store.PageCache;
import dev.agora.product.page.store.PageTickets;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.trend.TrendSettings;
import dev.agora.product.page.trend.TrendSignals;
import dev.agora.product.page.trend.TrendingProducts;

/** Lists the components that render, store and find pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PageSettings.class, TrendSettings.class })
@Import({ Pages.class, //
		PageTickets.class, //
		PageCache.class, //
		Stylesheet.class, //
		PageRenderer.class, //
		Sitemap.class, //
		PageRequests.class, //
		ProductPages.class, //
		TicketedPages.class, //
		ListPages.class, //
		TrendSignals.class, //
		TrendingProducts.class, //
		ListPageSchedule.class, //
		PageSource.class, //
		BakeConfiguration.class })
public class PageConfiguration {

	/** Below the 50,000 pages that a file may list. */
	private static final int SITEMAP_PART = 20_000;

	@Bean
	SitemapPages sitemapPages(Pages pages, Sitemap sitemap, TicketedPages ticketed) {
		return new SitemapPages(pages, sitemap, ticketed, SITEMAP_PART);
	}

}
