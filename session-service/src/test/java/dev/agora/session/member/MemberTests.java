package dev.agora.session.member;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.event.EventTypes;

import static org.assertj.core.api.Assertions.assertThat;

class MemberTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void tellsOthersOfTheRegistrationButNotOfThePassword() {
		Change<Member> registration = Member.register("ada", "Ada", "$argon2id$secret", NOW);
		assertThat(registration.next()).isEqualTo(new Member("ada", "Ada", "$argon2id$secret", NOW));
		assertThat(registration.event()).isEqualTo(new MemberEvent.Registered("ada", "Ada", NOW));
	}

	@Test
	void goesByAnotherName() {
		Change<Member> change = ada().rename("Ada L.");
		assertThat(change.next()).isEqualTo(new Member("ada", "Ada L.", "$argon2id$secret", NOW));
		assertThat(change.event()).isEqualTo(new MemberEvent.Renamed("ada", "Ada L."));
		assertThat(ada().rename("Ada")).isEqualTo(Change.none(ada()));
	}

	@Test
	void leavesNothingButTheHandle() {
		Change<Member> change = ada().leave(NOW.plusSeconds(60));
		assertThat(change).isEqualTo(
				Change.removal(new MemberEvent.Deleted("ada"), new Member("ada", "", "", NOW), NOW.plusSeconds(60)));
	}

	private static Member ada() {
		return new Member("ada", "Ada", "$argon2id$secret", NOW);
	}

	@Test
	void namesItsEventAsTheContractSays() {
		assertThat(EventTypes.nameOf(MemberEvent.Registered.class)).isEqualTo("member.registered");
	}

}
