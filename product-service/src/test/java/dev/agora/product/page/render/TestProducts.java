package dev.agora.product.page.render;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Seller;
import dev.agora.product.page.PageSettings;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.ReviewAuthor;
import dev.agora.product.rating.TopReview;

/** Creates products for tests of pages. */
public final class TestProducts {

	/** The id of the products. */
	public static final String ID = "0SAX0RSKMBGW0";

	public static final PageSettings SETTINGS = settings(false);

	private static final Rating RATING = Rating.of(List.of(1L, 0L, 0L, 2L, 0L));

	private TestProducts() {
	}

	/** Settings with or without pages that are rendered ahead of time. */
	public static PageSettings settings(boolean renderPerRequest) {
		return new PageSettings(URI.create("https://shop.example.org"), Duration.ofSeconds(3), Duration.ofMinutes(5),
				Duration.ofMinutes(10), 60, 30, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5),
				Duration.ofDays(1), renderPerRequest);
	}

	/** A product in which every text is the same. */
	public static ProductView ofText(String text, @Nullable String imageUrl) {
		return view(new Product(text, text, "home", price(), 3, List.of(text), Map.of(text, text), imageUrl,
				new Seller("0SAX0RSKMBGW1", "anna", text, 1), 1, RATING, List.of(review(text))));
	}

	public static ProductView lamp() {
		return view(new Product("Lamp", "A lamp.\nIt shines.", "home", price(), 3, List.of("light"),
				Map.of("Colour", "red"), "https://images.example.org/lamp.png",
				new Seller("0SAX0RSKMBGW1", "anna", "Anna", 1), 1, Rating.NONE, List.of()));
	}

	private static TopReview review(String text) {
		Instant at = Instant.parse("2026-11-26T09:30:00Z");
		return new TopReview(ID + ":1", new ReviewAuthor("0SAX0RSKMBGW2", "ben", text), 4, text, at, at, 1);
	}

	private static Price price() {
		return new Price(new BigDecimal("12.50"), "EUR");
	}

	private static ProductView view(Product product) {
		return ProductView.of(new Stored<>(ID, 1, product, Instant.parse("2026-11-26T09:00:00Z"),
				Instant.parse("2026-11-26T09:00:00Z"), 0));
	}

}
