package dev.agora.feed.product;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.testing.Contracts;

class ProductEventTests {

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead("""
				{"title": "A lamp", "category": "home", "price": {"amount": 12.50, "currency": "EUR", "tax": 0},
				"seller": {"id": "0SAX3JKRPM3GA", "handle": "ann", "name": "Ann", "version": 3},
				"at": "2026-01-02T03:04:05.678Z", "added": "later"}
				""", new ProductEvent.Listed("A lamp", new Price(new BigDecimal("12.50"), "EUR"),
				new Author("0SAX3JKRPM3GA", "ann", "Ann", 3), Instant.parse("2026-01-02T03:04:05.678Z"), null));
		Contracts.assertRead("""
				{"title": "A lamp", "category": "home", "price": {"amount": 9.500, "currency": "KWD"},
				"previous": {"amount": 1200, "currency": "JPY"}, "edition": 2}
				""", new ProductEvent.Repriced("A lamp", new Price(new BigDecimal("9.500"), "KWD"),
				new Price(new BigDecimal("1200"), "JPY"), null, null));
		Author ann = new Author("0SAX3JKRPM3GA", "ann", "Ann", 3);
		Contracts.assertRead("""
				{"title": "A lamp", "category": "home", "price": {"amount": 9, "currency": "EUR"},
				"previous": {"amount": 12, "currency": "EUR"}, "edition": 2, "imported": true,
				"seller": {"id": "0SAX3JKRPM3GA", "handle": "ann", "name": "Ann", "version": 3}}
				""", new ProductEvent.Repriced("A lamp", new Price(new BigDecimal("9"), "EUR"),
				new Price(new BigDecimal("12"), "EUR"), ann, true));
		Contracts.assertRead("""
				{"title": "A lantern", "category": "home", "price": {"amount": 1200, "currency": "JPY"}, "edition": 3}
				""", new ProductEvent.Retitled("A lantern", new Price(new BigDecimal("1200"), "JPY")));
		Contracts.assertRead("{\"seller\": \"0SAX3JKRPM3GA\", \"at\": \"2026-01-02T03:04:05.678Z\"}",
				new ProductEvent.Delisted("0SAX3JKRPM3GA"));
	}

}
