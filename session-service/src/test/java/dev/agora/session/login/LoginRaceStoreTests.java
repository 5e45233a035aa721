package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.session.member.Credentials;
import dev.agora.session.member.Member;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.MemberSettings;
import dev.agora.session.member.Members;
import dev.agora.session.member.Profile;
import dev.agora.session.password.PasswordSettings;
import dev.agora.session.password.Passwords;
import dev.agora.session.session.SessionCache;
import dev.agora.session.session.SessionView;
import dev.agora.session.session.TestSessions;
import dev.agora.session.session.Token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Members who change while their password is being verified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginRaceStoreTests {

	private static final LoginLimitSettings LIMITS = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 50, 10);

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestSessions stored = new TestSessions();

	private final Members members = new Members(this.mongo.database("members"),
			new DocumentStore(this.mongo.database("members"), JsonMapper.shared(), Clock.systemUTC()),
			new MemberSettings(Duration.ofDays(30), 10), Clock.systemUTC());

	private final Passwords passwords = new Passwords(
			new PasswordSettings(DataSize.ofKilobytes(64), 1, 1, 1, DataSize.ofMegabytes(32)));

	private final SessionCache sessions = this.stored.at(Instant.now());

	private final LoginController controller = new LoginController(
			new Credentials(this.members, new MemberCache(this.stored.caches, this.members), this.passwords),
			this.stored.attempts(LIMITS, Clock.systemUTC()), this.stored.tokens, this.sessions, TestSessions.SETTINGS);

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@AfterAll
	void close() {
		this.passwords.destroy();
		this.stored.close();
		this.mongo.close();
	}

	@Test
	void aMemberDeletedMeanwhileGetsNoSession() {
		Profile verified = register();
		this.members.delete(verified.id(), Optional.empty()).block();
		this.sessions.endAll(verified.id()).block();
		Token token = token();
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> this.controller.open(token, verified, null, Optional.empty()).block());
		assertThat(this.sessions.find(token).blockOptional()).isEmpty();
	}

	@Test
	void aMemberRenamedMeanwhileGetsASessionWithTheNewName() {
		Profile verified = register();
		this.members.rename(verified.id(), IfMatch.parse("*").orElseThrow(), "Ada L.").block();
		Token token = token();
		SessionView shown = Objects
			.requireNonNull(this.controller.open(token, verified, null, Optional.empty()).block())
			.getBody();
		assertThat(Objects.requireNonNull(shown).member().name()).isEqualTo("Ada L.");
		assertThat(this.sessions.find(token).block()).isNotNull()
			.satisfies((session) -> assertThat(session.memberVersion()).isEqualTo(2));
	}

	private Profile register() {
		String handle = "m_" + Long.toString(System.nanoTime(), 36);
		return Profile.of(Objects.requireNonNull(this.members
			.register(this.ids.next(), Member.register(handle, "Ada", "hash", Instant.EPOCH), Optional.empty())
			.block()));
	}

	private Token token() {
		return Objects.requireNonNull(this.stored.tokens.generate().block());
	}

}
