package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.kafka.support.KafkaUtils;

import dev.agora.platform.kafka.TestEventStream.ThingEvent;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.watermark.Watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Applies the events of a batch together. */
class EventBatchTests {

	private final TestEventStream events = new TestEventStream();

	private final List<String> calls = new ArrayList<>();

	@AfterEach
	void close() {
		this.events.close();
	}

	@Test
	void appliesABatchWithOneCall() {
		this.events.handleTogether(batch(), (things) -> Mono.fromRunnable(() -> record(things)));
		assertThat(this.calls).containsExactly("[a1, b1, a2]");
		assertThat(this.events.applied()).isEqualTo(3);
	}

	@Test
	void usesOneLaneForABatch() {
		this.events.handleTogether(batch(), (things) -> Mono.fromRunnable(() -> this.calls.add("" + lanes())));
		assertThat(this.calls).containsExactly("1.0");
		assertThat(lanes()).isZero();
	}

	@Test
	void appliesEachEventAloneIfOneCannotBeApplied() {
		this.events.handleTogether(batch(), (things) -> {
			record(things);
			boolean bad = things.stream().anyMatch((thing) -> thing.id().equals("b"));
			return bad ? Mono.error(new IllegalStateException("no")) : Mono.empty();
		});
		assertThat(this.calls).containsOnlyOnce("[a1, b1, a2]", "[a1]", "[a2]");
		assertThat(this.calls).containsSubsequence("[a1]", "[a2]");
		assertThat(this.events.letters.history()).singleElement()
			.satisfies((letter) -> assertThat(letter.key()).isEqualTo("b"));
		assertThat(this.events.applied()).isEqualTo(2);
	}

	@Test
	void appliesTheOthersIfOneEventCannotBeRead() {
		List<ConsumerRecord<String, byte[]>> batch = List.of(TestEventStream.event("a", 1),
				TestEventStream.record("b", "{", "thing.created", "1"), TestEventStream.event("c", 1));
		this.events.handleTogether(batch, (things) -> Mono.fromRunnable(() -> record(things)));
		assertThat(this.calls).containsExactly("[a1]", "[c1]");
		assertThat(this.events.deadLetters()).isEqualTo(1);
	}

	@Test
	void repeatsTheBatchIfAStoreIsUnavailable() {
		Unavailable unavailable = new Unavailable("The store is unavailable.", Duration.ofSeconds(1));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> this.events.handleTogether(batch(), (things) -> {
			record(things);
			return Mono.error(unavailable);
		})).isSameAs(unavailable);
		assertThat(this.calls).containsExactly("[a1, b1, a2]");
		assertThat(this.events.letters.history()).isEmpty();
		assertThat(this.events.applied()).isZero();
	}

	@Test
	void storesAWatermarkAfterTheEventsBeforeIt() {
		List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(batch());
		batch.add(TestEventStream.watermark(100));
		this.events.handleTogether(batch,
				(things) -> Mono.fromRunnable(() -> this.calls.add("" + this.events.reached)));
		assertThat(this.calls).containsExactly("[]");
		assertThat(this.events.reached).containsExactly(new Watermark("things", 0, 6, 100));
	}

	@Test
	void aBatchOfWatermarksAppliesNothing() {
		this.events.handleTogether(List.of(TestEventStream.watermark(100), TestEventStream.watermark(200)),
				(things) -> Mono.fromRunnable(() -> record(things)));
		assertThat(this.calls).isEmpty();
		assertThat(this.events.reached).containsExactly(new Watermark("things", 0, 6, 200));
	}

	@Test
	void repeatsTheBatchIfSeveralEventsFindAStoreUnavailable() {
		Unavailable unavailable = new Unavailable("The store is unavailable.", Duration.ofSeconds(1));
		assertThatExceptionOfType(Unavailable.class)
			.isThrownBy(() -> this.events.handleTogether(batch(),
					(things) -> failEach(new IllegalStateException("no"), unavailable, unavailable)))
			.isSameAs(unavailable);
		assertThatExceptionOfType(Unavailable.class)
			.isThrownBy(() -> this.events.handle(batch(), (thing) -> failEach(unavailable, unavailable)))
			.isSameAs(unavailable);
		assertThat(this.events.letters.history()).isEmpty();
	}

	@Test
	void namesTheFailureForWhichEachEventIsAppliedAlone() {
		Logger logger = (Logger) LoggerFactory.getLogger(EventStream.class);
		ListAppender<ILoggingEvent> seen = new ListAppender<>();
		seen.start();
		logger.addAppender(seen);
		logger.setLevel(Level.WARN);
		// A group of its own, since the line is throttled by group.
		KafkaUtils.setConsumerGroupId("test.described");
		this.events.handleTogether(batch(),
				(things) -> (things.size() > 1)
						? failEach(new IllegalStateException("one fails"), new IllegalStateException("so do others"))
						: Mono.fromRunnable(() -> record(things)));
		logger.setLevel(null);
		logger.detachAppender(seen);
		assertThat(this.calls).hasSize(3);
		assertThat(seen.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage, InstanceOfAssertFactories.STRING)
			.startsWith("test.described applies events one by one")
			.contains("IllegalStateException: one fails");
	}

	private double lanes() {
		return this.events.meters.get("capacity.used").tag("resource", "lanes:test.things").gauge().value();
	}

	private static Mono<Void> failEach(Exception... failures) {
		return Flux.just(failures).flatMapDelayError(Mono::<Void>error, failures.length, 1).then();
	}

	private static List<ConsumerRecord<String, byte[]>> batch() {
		return List.of(TestEventStream.event("a", 1), TestEventStream.event("b", 1), TestEventStream.event("a", 2));
	}

	private void record(List<ReceivedEvent<ThingEvent>> things) {
		this.calls.add(things.stream().map((thing) -> thing.id() + thing.version()).toList().toString());
	}

}
