package dev.agora.system;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A poisoned event stops nobody, can be looked at, and can be replayed. */
class DeadLettersJourney {

	private static final String LETTERS = "graph.follows.v1.feed.follows.dlt";

	@BeforeAll
	static void ownSystemOnly() {
		assumeTrue(TestSystem.isOwn(), "poisons a topic: only in a system that the tests started themselves");
	}

	@Test
	void aPoisonedEventIsPutAsideAndTheNextOnesArrive() throws Exception {
		Gateway gateway = TestSystem.gateway();
		Member ann = Member.joins(gateway, "Ann");
		Member bob = Member.joins(gateway, "Bob");
		send("graph.follows.v1", bob.id() + ":" + ann.id(), "{\"follower\": [\"not an id\"]}");
		bob.follows(ann);
		String id = ann.posts("After the poison");
		Await.until("the post is in Bob's feed", Await.SOON, () -> bob.feed().equals(List.of(id)));
		Await.until("the dead letter is listed with its cause", Await.SOON,
				() -> list().contains(LETTERS) && list().contains("not an id"));
		assertThat(TestSystem.agora("dead-letters", "replay", LETTERS)).contains("1");
		Await.until("the replayed letter failed again", Await.SOON, () -> list().contains("not an id"));
		assertThat(bob.feed()).containsExactly(id);
	}

	private static String list() {
		return TestSystem.agora("dead-letters", "show");
	}

	private static void send(String topic, String key, String data) throws Exception {
		Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + TestSystem.portOf("kafka"));
		List<Header> headers = List.of(header("ce_type", "follow.started"), header("ce_version", "1"),
				header("ce_time", Instant.now().toString()), header("ce_id", "poison"));
		try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new ByteArraySerializer())) {
			producer.send(new ProducerRecord<>(topic, null, key, data.getBytes(StandardCharsets.UTF_8), headers)).get();
		}
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
