package dev.agora.feed.product;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Price;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

class NewestChangesTests {

	private static final String LAMP = "0SAX3JKRPM3GA";

	@Test
	void containsOnlyTheNewestChangeOfAProduct() {
		NewestChanges changes = NewestChanges.in(List.of(event(LAMP, "product.repriced", "2"),
				event(LAMP, "product.retitled", "3"), event("0SAX3JKRPM3GB", "product.repriced", "9")));
		assertThat(changes.contain(repriced(2))).isFalse();
		assertThat(changes.contain(repriced(3))).isTrue();
	}

	@Test
	void ignoresEventsThatChangeNoCard() {
		NewestChanges changes = NewestChanges.in(List.of(event(LAMP, "product.repriced", "2"),
				event(LAMP, "product.revised", "3"), event(LAMP, "product.rated", "4")));
		assertThat(changes.contain(repriced(2))).isTrue();
	}

	@Test
	void ignoresEventsThatCannotBeRead() {
		NewestChanges changes = NewestChanges.in(List.of(event(LAMP, "product.repriced", "2"),
				event(LAMP, "product.repriced", "many"), event(LAMP, "product.repriced", null), event(LAMP, null, "7"),
				event(null, "product.repriced", "8")));
		assertThat(changes.contain(repriced(2))).isTrue();
		assertThat(NewestChanges.in(List.of()).contain(repriced(1))).isTrue();
	}

	private static ReceivedEvent<ProductEvent> repriced(long version) {
		return TestEvents.received(LAMP, version, Instant.EPOCH, new ProductEvent.Repriced("A lamp",
				new Price(BigDecimal.ONE, "EUR"), new Price(BigDecimal.TEN, "EUR"), null, null));
	}

	private static ConsumerRecord<String, byte[]> event(@Nullable String key, @Nullable String type,
			@Nullable String version) {
		ConsumerRecord<String, byte[]> event = new ConsumerRecord<>("product.products.v1", 0, 0, key, new byte[0]);
		add(event, EventHeaders.TYPE, type);
		add(event, EventHeaders.VERSION, version);
		return event;
	}

	private static void add(ConsumerRecord<String, byte[]> event, String header, @Nullable String value) {
		if (value != null) {
			event.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
		}
	}

}
