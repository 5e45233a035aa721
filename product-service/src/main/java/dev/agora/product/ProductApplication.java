package dev.agora.product;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.exports.ExportConfiguration;
import dev.agora.platform.exports.ExportRequestListener;
import dev.agora.platform.imports.ImportConfiguration;
import dev.agora.platform.imports.UploadListener;
import dev.agora.platform.job.JobConfiguration;
import dev.agora.platform.job.mail.JobMailConfiguration;
import dev.agora.platform.job.mail.JobMailListener;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.web.JobEventsController;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;
import dev.agora.product.author.AuthorReviews;
import dev.agora.product.author.DelistingListener;
import dev.agora.product.author.MemberContent;
import dev.agora.product.author.ProductReviews;
import dev.agora.product.author.ReviewListener;
import dev.agora.product.catalog.CachedProductRoute;
import dev.agora.product.catalog.ProductCache;
import dev.agora.product.catalog.ProductCacheListener;
import dev.agora.product.catalog.ProductController;
import dev.agora.product.catalog.Products;
import dev.agora.product.consistency.ProductSources;
import dev.agora.product.exports.ExportedSources;
import dev.agora.product.imports.ImportController;
import dev.agora.product.imports.ImportHandler;
import dev.agora.product.imports.RowImporter;
import dev.agora.product.imports.SellerKeys;
import dev.agora.product.page.build.PageListener;
import dev.agora.product.page.trend.TrendListener;
import dev.agora.product.page.web.PageConfiguration;
import dev.agora.product.page.web.PageController;
import dev.agora.product.recount.Recount;
import dev.agora.product.recount.RecountListener;
import dev.agora.product.recount.RecountRequests;
import dev.agora.product.recount.RecountSettings;
import dev.agora.product.recount.RecountSweep;
import dev.agora.product.review.ReviewController;
import dev.agora.product.review.Reviews;
import dev.agora.product.seller.ProductListener;
import dev.agora.product.seller.SellerProducts;
import dev.agora.product.view.ViewBuffer;
import dev.agora.product.view.ViewCounter;
import dev.agora.product.view.ViewFilter;
import dev.agora.product.view.ViewSettings;
import dev.agora.product.view.ViewTargets;
import dev.agora.product.view.ViewWriter;

/** Starts product-service and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		CacheConfiguration.class, //
		KafkaConfiguration.class, //
		ProductSources.class, //
		LeasedSchedules.class, //
		JobConfiguration.class, //
		JobMailConfiguration.class, //
		JobMailListener.class, //
		JobController.class, //
		JobEventsController.class, //
		ProductController.class, //
		CachedProductRoute.class, //
		Products.class, //
		ProductCache.class, //
		ProductCacheListener.class, //
		MemberConfiguration.class, //
		MemberListener.class, //
		SellerProducts.class, //
		ProductListener.class, //
		Reviews.class, //
		ReviewController.class, //
		AuthorReviews.class, //
		MemberContent.class, //
		ProductReviews.class, //
		ReviewListener.class, //
		DelistingListener.class, //
		ImportController.class, //
		ImportHandler.class, //
		RowImporter.class, //
		SellerKeys.class, //
		ImportConfiguration.class, //
		UploadListener.class, //
		ExportConfiguration.class, //
		ExportRequestListener.class, //
		ExportedSources.class, //
		RecountRequests.class, //
		Recount.class, //
		RecountSweep.class, //
		RecountListener.class, //
		ViewCounter.class, //
		ViewFilter.class, //
		ViewBuffer.class, //
		ViewTargets.class, //
		ViewWriter.class, //
		PageConfiguration.class, //
		PageController.class, //
		PageListener.class, //
		TrendListener.class })
@EnableConfigurationProperties({ RecountSettings.class, ViewSettings.class })
public class ProductApplication {

	public static void main(String[] args) {
		SpringApplication.run(ProductApplication.class, args);
	}

}
