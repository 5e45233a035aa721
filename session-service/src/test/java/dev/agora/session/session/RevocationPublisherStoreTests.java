package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RStream;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamRangeArgs;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

/** The entries that session-service appends to the gateways' stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationPublisherStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final Instant now = Instant.now();

	private final TestSessions stored = new TestSessions();

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void publishesTheHashOfAnEndedSessionAndNeverTheToken() {
		Token token = logIn();
		end(this.stored, token);
		assertThat(published(this.stored)).contains("ended " + token.hash())
			.noneMatch((text) -> text.contains(token.text()));
	}

	@Test
	void publishesAllEndedSessionsOfAMember() {
		List<Token> tokens = List.of(logIn(), logIn());
		this.stored.at(this.now).endAll(TestSessions.ADA.id()).block(BOUND);
		assertThat(tokens).allMatch((token) -> published(this.stored).stream()
			.anyMatch((text) -> text.startsWith("ended ") && text.contains(token.hash())));
	}

	@Test
	void publishesTheSessionsOfARenamedMemberAsChanged() {
		Token token = logIn();
		this.stored.at(this.now)
			.changeMember(new Profile(TestSessions.ADA.id(), 9, "ada", "Lovelace", Instant.EPOCH, null))
			.block(BOUND);
		assertThat(published(this.stored))
			.anyMatch((text) -> text.startsWith("changed ") && text.contains(token.hash()));
	}

	@Test
	void publishesOnceRedisIsAvailableAgain() {
		try (TestSessions interrupted = new TestSessions()) {
			Token token = Objects.requireNonNull(interrupted.open(TestSessions.ADA, this.now).block(BOUND));
			interrupted.redis.stop(interrupted.guard);
			try {
				end(interrupted, token);
			}
			finally {
				interrupted.redis.start();
			}
			await("the revocation is published").ignoreExceptions()
				.until(() -> published(interrupted).contains("ended " + token.hash()));
		}
	}

	private Token logIn() {
		return Objects.requireNonNull(this.stored.open(TestSessions.ADA, this.now).block(BOUND));
	}

	private void end(TestSessions stored, Token token) {
		SessionCache sessions = stored.at(this.now);
		Mono<Boolean> ended = sessions.find(token)
			.flatMap((session) -> sessions.end(session.member().id(), session.id()));
		assertThat(ended.block(BOUND)).isTrue();
	}

	private static List<String> published(TestSessions stored) {
		RStream<String, String> stream = stored.client()
			.getStream("session:revocations:v2:{all}", StringCodec.INSTANCE);
		return stream.range(StreamRangeArgs.startId(StreamMessageId.MIN).endId(StreamMessageId.MAX))
			.values()
			.stream()
			.map((entry) -> Objects.requireNonNull(entry.get("text")))
			.toList();
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
