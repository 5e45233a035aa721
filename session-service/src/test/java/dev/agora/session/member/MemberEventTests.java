package dev.agora.session.member;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

class MemberEventTests {

	@Test
	void matchesTheContract() throws IOException {
		Contracts.assertTold(new MemberEvent.Registered("ann", "Ann", Instant.parse("2026-01-02T03:04:05.678Z")));
	}

	@Test
	void renamedAndDeletedMatchTheContract() throws IOException {
		Contracts.assertTold(new MemberEvent.Renamed("ann", "Anna"));
		Contracts.assertTold(new MemberEvent.Deleted("ann"));
	}

	@Test
	void theRightsOfAnOperatorMatchTheContract() throws IOException {
		Contracts.assertTold(new MemberEvent.OperatorGranted("ann", Instant.parse("2026-01-02T03:04:05.678Z")));
		Contracts.assertTold(new MemberEvent.OperatorRevoked("ann"));
	}

	@Test
	void theContractRejectsAnEventWithoutAHandle() throws IOException {
		assertThat(Contracts.agrees(MemberEvent.Registered.class,
				"{\"name\": \"Ann\", \"createdAt\": \"2026-01-02T03:04:05Z\"}"))
			.isFalse();
	}

}
