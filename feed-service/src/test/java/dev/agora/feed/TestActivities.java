package dev.agora.feed;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.activity.SourceActivities;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

/** The activities that events cause, over a real store. */
public final class TestActivities {

	/** The time of the first event. */
	public static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

	private static final int MAX = 1000;

	public final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	public final DocumentStore store;

	public final Activities activities;

	public final SourceActivities sources;

	public final ProductProjection products;

	public final Authors authors;

	public TestActivities(TestMongoServer mongo) {
		this.store = mongo.store();
		this.activities = new Activities(this.store, this.ids, Clock.systemUTC());
		this.sources = new SourceActivities(this.store, this.activities);
		this.products = new ProductProjection(this.store, TestProjections.freshEntries());
		this.authors = new Authors(TestProjections.members(this.store));
		this.store.migrate().block();
	}

	/** Creates a member whom this service does not know yet. */
	public Author member(String name) {
		return new Author(this.ids.next(), name.toLowerCase(java.util.Locale.ROOT), name, 1);
	}

	/** Lists what a member did, newest first. */
	public List<ActivityView> listOf(Author author) {
		return Objects
			.requireNonNull(this.activities.findByAuthors(List.of(author.id()), null, MAX).collectList().block());
	}

	/** Removes an activity as the reconciliation with a delisted product does. */
	public void delist(String product) {
		this.store.projection("products", ProductCard.class).remove(product, 1000).block();
		this.activities.idsAbout(product)
			.flatMap((id) -> this.activities.changeIfPresent(id,
					(activity) -> activity.withoutProduct(product, Instant.EPOCH)))
			.blockLast();
	}

	public static Price euros(String amount) {
		return new Price(new BigDecimal(amount), "EUR");
	}

}
