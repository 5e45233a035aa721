package dev.agora.product.exports;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.exports.ExportSource;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Products;
import dev.agora.product.review.Reviews;

/** Lists what product-service holds about a member. */
@Configuration(proxyBeanMethods = false)
public class ExportedSources {

	@Bean
	ExportSource exportedProducts(Products products) {
		return ExportSource.of("product", (seller) -> products.scanOf(seller).map(ProductView::of));
	}

	@Bean
	ExportSource exportedReviews(Reviews reviews) {
		return ExportSource.of("review", (author) -> reviews.scanOf(author).map(ExportedReviewView::of));
	}

}
