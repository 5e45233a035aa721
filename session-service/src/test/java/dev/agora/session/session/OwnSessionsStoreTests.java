package dev.agora.session.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnSessionsStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final Instant now = Instant.parse("2026-01-02T03:04:05Z");

	private final Instant expiry = this.now.plus(TestSessions.SETTINGS.idleLifetime());

	private final TestSessions stored = new TestSessions();

	private final IdGenerator memberIds = new IdGenerator(Clock.systemUTC());

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void listsPagesWithTheNewestSessionFirst() {
		Profile ada = member();
		List<String> ids = Stream.generate(() -> id(logIn(ada))).limit(3).toList();
		Page<Session> first = list(ada, this.now, new PageRequest(2, null));
		assertThat(first.items()).extracting(Session::id).containsExactly(ids.get(2), ids.get(1));
		assertThat(first.next()).isEqualTo(ids.get(1));
		Page<Session> last = list(ada, this.now, new PageRequest(2, first.next()));
		assertThat(last.items()).extracting(Session::id).containsExactly(ids.get(0));
		assertThat(last.next()).isNull();
	}

	@Test
	void listsNoSessionsOfOtherMembers() {
		logIn(member());
		assertThat(list(member(), this.now, new PageRequest(20, null)).items()).isEmpty();
	}

	@Test
	void listsNoExpiredSessions() {
		Profile ada = member();
		logIn(ada);
		assertThat(list(ada, this.expiry.minusMillis(1), new PageRequest(20, null)).items()).hasSize(1);
		assertThat(list(ada, this.expiry, new PageRequest(20, null)).items()).isEmpty();
	}

	@Test
	void deletesExpiredSessions() {
		Token old = logIn(member());
		Token next = Objects.requireNonNull(get(this.stored.open(member(), this.expiry)));
		this.stored.purge(this.expiry.plusSeconds(120));
		assertThat(get(this.stored.sessions.find(old.hash()))).isNull();
		assertThat(get(this.stored.sessions.find(next.hash()))).isNotNull();
	}

	@Test
	void endingASessionAgainReturnsTheSameResult() {
		Profile ada = member();
		Token token = logIn(ada);
		String id = id(token);
		assertThat(get(this.stored.at(this.now).end(ada.id(), id))).isTrue();
		assertThat(isOpen(token)).isFalse();
		assertThat(get(this.stored.at(this.now).end(ada.id(), id))).isTrue();
		assertThat(get(this.stored.at(this.now).end(member().id(), id))).isFalse();
	}

	@Test
	void endsNoSessionOfAnotherMember() {
		Token token = logIn(member());
		assertThat(get(this.stored.at(this.now).end(member().id(), id(token)))).isFalse();
		assertThat(isOpen(token)).isTrue();
	}

	@Test
	void endsAllSessionsOfAMember() {
		Profile ada = member();
		List<Token> tokens = Stream.generate(() -> logIn(ada)).limit(250).toList();
		Token others = logIn(member());
		endAll(ada, tokens.get(7));
		assertThat(tokens).noneMatch(this::isOpen);
		assertThat(list(ada, this.now, new PageRequest(20, null)).items()).isEmpty();
		assertThat(isOpen(others)).isTrue();
	}

	@Test
	void endsAllSessionsOfADeletedMember() {
		Profile ada = member();
		List<Token> tokens = Stream.generate(() -> logIn(ada)).limit(3).toList();
		Token others = logIn(member());
		get(this.stored.at(this.now).endAll(ada.id()));
		assertThat(tokens).noneMatch(this::isOpen);
		assertThat(isOpen(others)).isTrue();
		get(this.stored.at(this.now).endAll(ada.id()));
	}

	@Test
	void renamesAllSessionsInTheStore() {
		Profile ada = member();
		List<Token> tokens = Stream.generate(() -> logIn(ada)).limit(3).toList();
		get(this.stored.at(this.now).changeMember(new Profile(ada.id(), 2, "ada", "Lovelace", Instant.EPOCH, null)));
		assertThat(list(ada, this.now, new PageRequest(20, null)).items()).hasSize(3)
			.allSatisfy((session) -> assertThat(session.member().name()).isEqualTo("Lovelace"));
		assertThat(tokens).allMatch(this::isOpen);
	}

	@Test
	void noOlderNameReplacesANewerOne() {
		Profile ada = member();
		List<Token> tokens = Stream.generate(() -> logIn(ada)).limit(3).toList();
		get(this.stored.at(this.now).changeMember(named(ada, 3, "Ada L.")));
		get(this.stored.at(this.now).changeMember(named(ada, 2, "Adele")));
		assertThat(tokens).map((token) -> Objects.requireNonNull(get(this.stored.at(this.now).find(token))))
			.allMatch((session) -> session.member().name().equals("Ada L.") && session.memberVersion() == 3);
	}

	@Test
	void listsAndEndsSessionsWhileRedisIsUnavailable() {
		Profile ada = member();
		List<Token> tokens = Stream.generate(() -> logIn(ada)).limit(3).toList();
		this.stored.redis.stop(this.stored.guard);
		try {
			assertThat(list(ada, this.now, new PageRequest(20, null)).items()).hasSize(3);
			endAll(ada, tokens.get(0));
			assertThat(tokens).noneMatch(this::isOpen);
		}
		finally {
			this.stored.redis.start();
		}
	}

	private Profile member() {
		return new Profile(this.memberIds.next(), 1, "ada", "Ada", Instant.EPOCH, null);
	}

	private static Profile named(Profile member, long version, String name) {
		return new Profile(member.id(), version, member.handle(), name, member.createdAt(), member.operatorSince());
	}

	private Token logIn(Profile member) {
		return Objects.requireNonNull(get(this.stored.open(member, this.now)));
	}

	private String id(Token token) {
		return Objects.requireNonNull(get(this.stored.at(this.now).find(token))).id();
	}

	private boolean isOpen(Token token) {
		return get(this.stored.at(this.now).find(token)) != null;
	}

	private void endAll(Profile member, Token current) {
		get(this.stored.at(this.now).endAll(member.id(), id(current)));
	}

	private Page<Session> list(Profile member, Instant moment, PageRequest request) {
		return Objects.requireNonNull(get(this.stored.at(moment).list(member.id(), request)));
	}

	private static <T> @Nullable T get(Mono<T> result) {
		return result.block(BOUND);
	}

}
