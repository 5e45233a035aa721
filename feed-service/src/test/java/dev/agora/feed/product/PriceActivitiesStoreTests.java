package dev.agora.feed.product;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.feed.TestActivities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static dev.agora.feed.TestActivities.AT;
import static dev.agora.feed.TestActivities.euros;
import static org.assertj.core.api.Assertions.assertThat;

/** Changes the price of a product, with the events in every order. */
class PriceActivitiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final Author ann = this.world.member("Ann");

	private final String lamp = this.world.ids.next();

	private final PriceActivities prices = new PriceActivities(this.world.sources, this.world.products,
			this.world.authors);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void publishesAReductionAtTheTimeOfItsEvent() {
		reprice(2, "20", "15.50");
		ActivityView reduction = only();
		assertThat(reduction.verb()).isEqualTo(Activity.REDUCED);
		assertThat(reduction.product().price()).isEqualTo(euros("15.50"));
		assertThat(reduction.previousPrice()).isEqualTo(euros("20"));
		assertThat(reduction.at()).isEqualTo(at(2));
		assertThat(IdGenerator.createdAt(reduction.id())).isEqualTo(at(2));
	}

	@Test
	void publishesARepeatedReductionOnce() {
		reprice(2, "20", "15");
		ActivityView first = only();
		reprice(2, "20", "15");
		assertThat(only()).isEqualTo(first);
	}

	@Test
	void replacesAReductionByTheNextOne() {
		reprice(2, "20", "15");
		reprice(3, "15", "10");
		assertThat(only().product().price()).isEqualTo(euros("10"));
		assertThat(only().previousPrice()).isEqualTo(euros("15"));
		reprice(2, "20", "15");
		assertThat(only().product().price()).isEqualTo(euros("10"));
	}

	@Test
	void hasAppliedAPriceOnceItsReductionIsInLine() {
		assertThat(hasApplied(2)).isFalse();
		reprice(2, "20", "15");
		assertThat(hasApplied(2)).isTrue();
		assertThat(hasApplied(3)).isFalse();
		reprice(3, "15", "16");
		assertThat(hasApplied(3)).as("a rise has no activity").isTrue();
	}

	private boolean hasApplied(long version) {
		return Boolean.TRUE.equals(this.prices.hasApplied(Map.of(this.lamp, version)).block());
	}

	@Test
	void removesTheReductionWhenThePriceRises() {
		reprice(2, "20", "15");
		reprice(3, "15", "16");
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReductionAfterALaterRise() {
		reprice(3, "15", "16");
		reprice(2, "20", "15");
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "20,EUR,20.00,EUR", "20,EUR,21,EUR", "20,EUR,15,USD", "2000,JPY,15,EUR" })
	void publishesOnlyALowerPriceOfTheSameCurrency(BigDecimal before, String currencyBefore, BigDecimal now,
			String currency) {
		apply(2, new ProductEvent.Repriced("A lamp", new Price(now, currency), new Price(before, currencyBefore),
				this.ann, null));
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReductionOfAnImportButRemovesTheEarlierOne() {
		reprice(2, "20", "15");
		apply(3, event("15", "10", this.ann, true));
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReductionOfAnEventWithoutASeller() {
		apply(2, event("20", "15", null, null));
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReductionOfADelistedProduct() {
		reprice(2, "20", "15");
		this.world.delist(this.lamp);
		assertThat(this.world.listOf(this.ann)).isEmpty();
		reprice(2, "20", "15");
		reprice(3, "15", "10");
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReductionOfADeletedSellerAndShowsTheNewestName() {
		TestProjections.upsertMember(this.world.store, new MemberCard(this.ann.id(), "ann", "Anna"), 2).block();
		reprice(2, "20", "15");
		assertThat(only().author().name()).isEqualTo("Anna");
		TestProjections.deleteMember(this.world.store, this.ann.id(), 3).block();
		reprice(3, "15", "10");
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void keepsReductionsOfDifferentProductsInTheSameMillisecond() {
		for (String product : List.of(this.lamp, this.world.ids.next())) {
			this.prices
				.apply(TestEvents.received(product, 2, AT, event("2", "1", this.ann, null)),
						event("2", "1", this.ann, null))
				.block();
		}
		assertThat(this.world.listOf(this.ann)).hasSize(2);
	}

	private ActivityView only() {
		List<ActivityView> list = this.world.listOf(this.ann);
		assertThat(list).hasSize(1);
		return list.get(0);
	}

	private void reprice(long version, String before, String now) {
		apply(version, event(before, now, this.ann, null));
	}

	private static ProductEvent.Repriced event(String before, String now, @Nullable Author seller,
			@Nullable Boolean imported) {
		return new ProductEvent.Repriced("A lamp", euros(now), euros(before), seller, imported);
	}

	private void apply(long version, ProductEvent.Repriced repriced) {
		this.prices.apply(TestEvents.received(this.lamp, version, at(version), repriced), repriced).block();
	}

	private static Instant at(long version) {
		return AT.plusSeconds(version);
	}

}
