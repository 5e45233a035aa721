package dev.agora.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A bad record or a bad key delays no other; a dead letter can be listed and replayed.
 */
class DeadLettersJourney {

	private static final String FOLLOWS = "graph.follows.v1";

	private static final String ACTIVITIES = "feed.activities.v1";

	private static final String LETTERS = FOLLOWS + ".feed.follows.dlt";

	@BeforeAll
	static void ownSystemOnly() {
		assumeTrue(TestSystem.isOwn(), "It writes bad records, so it needs a system that the tests have started.");
	}

	@Test
	void aBadEventBecomesADeadLetterAndTheNextEventsArrive() throws Exception {
		Gateway gateway = TestSystem.gateway();
		Member ann = Member.register(gateway, "Ann");
		Member bob = Member.register(gateway, "Bob");
		send(FOLLOWS, bytes(bob.id() + ":" + ann.id()), bytes("{\"follower\": [\"not an id\"]}"),
				event("follow.started"));
		bob.follow(ann);
		String id = ann.post("After the poison");
		Await.until("the post is in Bob's feed", Await.SOON, () -> bob.feed().equals(List.of(id)));
		Await.until("the dead letter is listed with its cause", Await.SOON, () -> {
			String all = list();
			return all.contains(LETTERS) && all.contains("not an id");
		});
		assertThat(TestSystem.agora("dead-letters", "replay", LETTERS)).contains("1");
		Await.until("the replayed letter failed again", Await.SOON, () -> list().contains("not an id"));
		assertThat(bob.feed()).containsExactly(id);
	}

	@Test
	void aRecordThatIsTooLargeForADeadLetterIsShortenedAndNotReplayed() throws Exception {
		send(ACTIVITIES, bytes("x"), new byte[1_048_450], List.of());
		assertThatPostsArrive();
		String letters = ACTIVITIES + ".feed.timelines.dlt";
		Await.until("both groups have a dead letter", Await.SOON, () -> {
			String all = TestSystem.agora("dead-letters", "show");
			return all.contains(letters) && all.contains(ACTIVITIES + ".feed.reconciler.dlt")
					&& all.contains("1048450");
		});
		assertThat(TestSystem.agora("dead-letters", "replay", letters)).contains("was shortened from 1048450 bytes");
		assertThat(TestSystem.agora("dead-letters", "list", letters)).contains("feed.timelines.dlt");
	}

	@Test
	void lettersWithAnyContentAreListedAndReplayed() throws Exception {
		byte[] binary = { (byte) 0xff, 0, (byte) 0xc3, 0x28 };
		send(ACTIVITIES, bytes("x"), null, event("activity.published"));
		send(ACTIVITIES, null, bytes("{}"), event("activity.published"));
		send(ACTIVITIES, binary, binary,
				List.of(new RecordHeader("ce_type", binary), new RecordHeader("x", (byte[]) null)));
		send(ACTIVITIES, null, null, List.of());
		send(ACTIVITIES, bytes("x"), bytes("[".repeat(5000)), event("activity.published"));
		send(ACTIVITIES, bytes("x"), bytes("null"), event("activity.published"));
		assertThatPostsArrive();
		String letters = ACTIVITIES + ".feed.reconciler.dlt";
		Await.until("they are listed", Await.SOON,
				() -> TestSystem.agora("dead-letters", "list", letters).lines().count() > 5);
		assertThat(TestSystem.agora("dead-letters", "show", letters)).contains("has no value").contains("has no key");
		assertThat(TestSystem.agora("dead-letters", "replay", letters)).contains("events again");
		assertThatPostsArrive();
	}

	@Test
	void aForeignValueUnderTheKeyOfOneTimelineDelaysNoFeed() throws Exception {
		Gateway gateway = TestSystem.gateway();
		Member ann = Member.register(gateway, "Ann");
		List<Member> followers = IntStream.range(0, 21).mapToObj((each) -> Member.register(gateway, "Bob")).toList();
		followers.forEach((follower) -> follower.follow(ann));
		String first = ann.post("Before");
		followers.forEach((follower) -> Await.until("the first post is there", Await.SOON,
				() -> follower.feed().equals(List.of(first))));
		Member bob = followers.get(0);
		String key = "feed:timeline:v1:{" + bob.id() + "}";
		assertThat(RedisServers.send("SET " + key + " junk")).anyMatch((response) -> response.startsWith("+OK"));
		String second = ann.post("One");
		String third = ann.post("Two");
		followers.forEach((follower) -> Await.until("all posts are there", Await.SOON,
				() -> follower.feed().equals(List.of(third, second, first))));
		assertThat(RedisServers.send("TYPE " + key)).noneMatch((response) -> response.startsWith("+string"));
		String other = "feed:timeline:v1:{" + followers.get(7).id() + "}";
		assertThat(String.join("", RedisServers.send("LRANGE " + other + " 0 -1")).split(second, -1)).hasSize(2);
	}

	@Test
	void foreignValuesUnderTheKeysOfCachedObjectsAreReplaced() throws Exception {
		Gateway gateway = TestSystem.gateway();
		Member ann = Member.register(gateway, "Ann");
		for (String command : List.of("LPUSH %s junk", "HSET %s junk junk", "SADD %s junk", "SET %s junk")) {
			String key = "session:member:v2:{" + ann.id() + "}";
			RedisServers.send("DEL " + key);
			RedisServers.send(command.formatted(key));
			gateway.get("/api/v1/members/" + ann.id()).expect(200);
			assertThat(RedisServers.send("GETRANGE " + key + " 0 1")).anyMatch((response) -> response.contains("1 "));
		}
	}

	private static void assertThatPostsArrive() {
		Gateway gateway = TestSystem.gateway();
		Member ann = Member.register(gateway, "Ann");
		Member bob = Member.register(gateway, "Bob");
		bob.follow(ann);
		Await.until("Bob follows", Await.SOON, () -> {
			String id = ann.post("Is it there?");
			return bob.feed().contains(id);
		});
		String id = ann.post("After the poison");
		Await.until("the post is in Bob's feed", Await.SOON, () -> bob.feed().contains(id));
	}

	private static String list() {
		return TestSystem.agora("dead-letters", "show");
	}

	private static void send(String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers)
			throws IOException, ExecutionException, InterruptedException {
		Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + TestSystem.portOf("kafka"));
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get();
		}
	}

	private static List<Header> event(String type) {
		return List.of(header("ce_type", type), header("ce_version", "1"), header("ce_time", Instant.now().toString()),
				header("ce_id", "poison"));
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, bytes(value));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
