package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RTopic;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

/** What gateways are told of sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationPublisherStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final Instant now = Instant.now();

	private final TestSessions stored = new TestSessions();

	private final List<String> told = new CopyOnWriteArrayList<>();

	RevocationPublisherStoreTests() {
		topic().addListener(String.class, (channel, message) -> this.told.add(message));
	}

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void namesTheHashOfASessionThatHasEndedAndNeverTheToken() {
		Token token = logIn();
		end(token);
		awaitTold("ended " + token.hash());
		assertThat(this.told).noneMatch((message) -> message.contains(token.text()));
	}

	@Test
	void namesAllSessionsOfAMember() {
		List<Token> tokens = List.of(logIn(), logIn());
		this.stored.at(this.now).endAll(TestSessions.ADA.id()).block(BOUND);
		await("both are named").until(() -> tokens.stream()
			.allMatch((token) -> this.told.stream()
				.anyMatch((message) -> message.contains(" ended ") && message.contains(token.hash()))));
	}

	@Test
	void namesTheSessionsOfAMemberWhoHasChanged() {
		Token token = logIn();
		this.stored.at(this.now)
			.rename(new Profile(TestSessions.ADA.id(), 9, "ada", "Lovelace", Instant.EPOCH))
			.block(BOUND);
		await("it is named").until(() -> this.told.stream()
			.anyMatch((message) -> message.contains(" changed ") && message.contains(token.hash())));
	}

	@Test
	void numbersWhatItTells() {
		Token first = logIn();
		Token second = logIn();
		end(first);
		end(second);
		awaitTold("ended " + second.hash());
		assertThat(number(second)).isEqualTo(number(first) + 1);
	}

	@Test
	void tellsOnceRedisIsBack() {
		try (TestSessions away = new TestSessions()) {
			Token token = Objects.requireNonNull(away.open(TestSessions.ADA, this.now).block(BOUND));
			away.redis.stop();
			try {
				end(away, token);
			}
			finally {
				away.redis.start();
			}
			// Redis has lost the count; only telling makes a new one.
			await("it is told").until(() -> isCounting(away));
		}
	}

	private static boolean isCounting(TestSessions sessions) {
		return Boolean.TRUE.equals(sessions.guard
			.call(() -> Mono
				.fromCompletionStage(sessions.client().getBucket("session:revocations:v1:{count}").isExistsAsync()))
			.onErrorReturn(false)
			.block(BOUND));
	}

	private Token logIn() {
		return Objects.requireNonNull(this.stored.open(TestSessions.ADA, this.now).block(BOUND));
	}

	private void end(Token token) {
		end(this.stored, token);
	}

	private void end(TestSessions stored, Token token) {
		SessionCache sessions = stored.at(this.now);
		Mono<Boolean> ended = sessions.find(token)
			.flatMap((session) -> sessions.end(session.member().id(), session.id()));
		assertThat(ended.block(BOUND)).isTrue();
	}

	private void awaitTold(String text) {
		await(text).untilAsserted(() -> assertThat(this.told).anyMatch((message) -> message.endsWith(text)));
	}

	private long number(Token token) {
		return this.told.stream()
			.filter((message) -> message.contains(token.hash()))
			.mapToLong((message) -> Long.parseLong(message.substring(0, message.indexOf(' '))))
			.findFirst()
			.orElseThrow();
	}

	private RTopic topic() {
		return this.stored.client().getTopic("session:revocations:v1", StringCodec.INSTANCE);
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
