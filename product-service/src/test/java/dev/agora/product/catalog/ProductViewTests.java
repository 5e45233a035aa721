package dev.agora.product.catalog;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;

import static org.assertj.core.api.Assertions.assertThat;

class ProductViewTests {

	private static final JsonMapper json = new JsonMapper();

	private static final ProductView VIEW = ProductView.of(new Stored<>("0SAX12XQRHKEQ", 7,
			ProductTests.aProduct("Lamp", "home", "red"), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), 12));

	@Test
	void hasTheJsonOfTheContract() {
		assertThat(json.readTree(json.writeValueAsString(VIEW))).isEqualTo(json.readTree("""
				{"id": "0SAX12XQRHKEQ", "title": "Lamp", "description": "Bright.", "category": "home",
				 "price": {"amount": 12.50, "currency": "EUR"}, "stock": 4, "tags": ["red"],
				 "attributes": {"colour": "red"}, "imageUrl": "https://example.org/lamp.png",
				 "seller": {"id": "0SAX0RSKMBGW0", "handle": "anna", "name": "Anna"},
				 "rating": {"average": null, "count": 0, "histogram": [0, 0, 0, 0, 0]}, "topReviews": [],
				 "views": 12, "edition": 1, "version": 7, "createdAt": "1970-01-01T00:00:00Z",
				 "updatedAt": "1970-01-01T00:00:01Z"}"""));
	}

}
