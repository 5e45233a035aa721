package dev.agora.session.member;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.problem.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MemberTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final Instant LATER = NOW.plusSeconds(7);

	@Test
	void theEventOfARegistrationHasNoPassword() {
		Change<Member> registration = Member.register("ada", "Ada", "$argon2id$secret", NOW);
		assertThat(registration.next()).isEqualTo(new Member("ada", "Ada", "$argon2id$secret", NOW, List.of(), null));
		assertThat(registration.event()).isEqualTo(new MemberEvent.Registered("ada", "Ada", NOW));
	}

	@Test
	void renameChangesTheName() {
		Change<Member> change = ada().rename("Ada L.", LATER, 10);
		assertThat(change.next()).isEqualTo(new Member("ada", "Ada L.", "$argon2id$secret", NOW, List.of(LATER), null));
		assertThat(change.event()).isEqualTo(new MemberEvent.Renamed("ada", "Ada L."));
		assertThat(ada().rename("Ada", LATER, 10)).isEqualTo(Change.none(ada()));
	}

	@Test
	void limitsRenamesWithinAnHour() {
		Member often = renamed(renamed(ada(), 0), 10);
		assertThat(refusal(() -> often.rename("Eve", minute(30), 2))).isEqualTo(Duration.ofMinutes(30));
		assertThat(refusal(() -> often.rename("Eve", minute(30), 1))).isEqualTo(Duration.ofMinutes(40));
		assertThat(often.rename(often.name(), minute(30), 2)).isEqualTo(Change.none(often));
		Member later = renamed(often, 60);
		assertThat(later.renamedAt()).containsExactly(minute(10), minute(60));
		assertThat(refusal(() -> later.rename("Eve", minute(61), 2))).isEqualTo(Duration.ofMinutes(9));
	}

	private static Member renamed(Member member, int minute) {
		return Objects.requireNonNull(member.rename("Ada " + minute, minute(minute), 2).next());
	}

	private static Instant minute(int number) {
		return NOW.plus(Duration.ofMinutes(number));
	}

	private static Duration refusal(ThrowingCallable change) {
		return catchThrowableOfType(TooManyRequests.class, change).retryAfter();
	}

	@Test
	void deletionKeepsNothingButTheHandle() {
		Change<Member> change = ada().delete(NOW.plusSeconds(60));
		assertThat(change).isEqualTo(Change.removal(new MemberEvent.Deleted("ada"),
				new Member("ada", "", "", NOW, List.of(), null), NOW.plusSeconds(60)));
	}

	private static Member ada() {
		return new Member("ada", "Ada", "$argon2id$secret", NOW, List.of(), null);
	}

	@Test
	void theEventTypeMatchesTheContract() {
		assertThat(EventTypes.nameOf(MemberEvent.Registered.class)).isEqualTo("member.registered");
	}

}
