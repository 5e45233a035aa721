package dev.agora.feed.product;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.projection.Reconciler;

/** The projection of products, and the activities that follow from it. */
@Configuration(proxyBeanMethods = false)
@Import({ ProductProjection.class, ListingActivities.class, PriceActivities.class })
public class ProductConfiguration {

	@Bean
	static Reconciler<ProductCard> productReconciler(ProductProjection products, ListingActivities listings) {
		return products.reconciler(listings);
	}

}
