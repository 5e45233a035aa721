package dev.agora.product;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;
import dev.agora.product.catalog.ProductCache;
import dev.agora.product.catalog.ProductCacheListener;
import dev.agora.product.catalog.ProductController;
import dev.agora.product.catalog.Products;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.build.ListPageSchedule;
import dev.agora.product.page.build.ListPages;
import dev.agora.product.page.build.PageListener;
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
import dev.agora.product.page.web.PageController;
import dev.agora.product.page.web.PageSource;
import dev.agora.product.seller.ProductListener;
import dev.agora.product.seller.SellerProducts;

/** Starts product-service and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		CacheConfiguration.class, //
		KafkaConfiguration.class, //
		ProductController.class, //
		Products.class, //
		ProductCache.class, //
		ProductCacheListener.class, //
		MemberConfiguration.class, //
		MemberListener.class, //
		SellerProducts.class, //
		ProductListener.class, //
		Pages.class, //
		PageTickets.class, //
		PageCache.class, //
		Stylesheet.class, //
		PageRenderer.class, //
		Sitemap.class, //
		PageRequests.class, //
		ProductPages.class, //
		TicketedPages.class, //
		ListPages.class, //
		SitemapPages.class, //
		ListPageSchedule.class, //
		PageListener.class, //
		PageSource.class, //
		PageController.class })
@EnableConfigurationProperties(PageSettings.class)
public class ProductApplication {

	public static void main(String[] args) {
		SpringApplication.run(ProductApplication.class, args);
	}

}
