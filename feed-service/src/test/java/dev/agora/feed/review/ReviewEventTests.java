package dev.agora.feed.review;

import java.io.IOException;
import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.testing.Contracts;

class ReviewEventTests {

	@Test
	void readsEventsOfTheContract() throws IOException {
		Author ann = new Author("0SAX3JKRPM3GA", "ann", "Ann", 3);
		Contracts.assertRead("""
				{"product": "0SAX3JKRPM3GB", "author": {"id": "0SAX3JKRPM3GA", "handle": "ann", "name": "Ann",
				"version": 3}, "stars": 4, "text": "Bright.", "at": "2026-01-02T03:04:05.678Z",
				"serial": "0SAX3JKRPM3GC", "added": "later",
				"item": {"title": "A lamp", "price": {"amount": 12.50, "currency": "EUR"}, "version": 7}}
				""", new ReviewEvent.Written("0SAX3JKRPM3GB", ann, 4, "Bright.", "0SAX3JKRPM3GC",
				new ReviewEvent.Item("A lamp", new Price(new BigDecimal("12.50"), "EUR"), 7)));
		Contracts.assertRead("""
				{"product": "0SAX3JKRPM3GB", "author": {"id": "0SAX3JKRPM3GA", "handle": "ann", "name": "Ann",
				"version": 3}, "stars": 4, "text": null, "at": "2026-01-02T03:04:05.678Z"}
				""", new ReviewEvent.Written("0SAX3JKRPM3GB", ann, 4, null, null, null));
		Contracts.assertRead("""
				{"product": "0SAX3JKRPM3GB", "author": "0SAX3JKRPM3GA", "at": "2026-01-02T03:04:05.678Z"}
				""", new ReviewEvent.Deleted("0SAX3JKRPM3GB", "0SAX3JKRPM3GA"));
	}

}
