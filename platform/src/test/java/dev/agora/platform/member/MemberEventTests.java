package dev.agora.platform.member;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class MemberEventTests {

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead("""
				{"handle": "ann", "name": "Ann", "createdAt": "2026-01-02T03:04:05.678Z"}
				""", new MemberEvent.Registered("ann", "Ann"));
		Contracts.assertRead("""
				{"handle": "ann", "name": "Anna", "added": "later"}
				""", new MemberEvent.Renamed("ann", "Anna"));
		Contracts.assertRead("{\"handle\": \"ann\"}", new MemberEvent.Deleted());
	}

}
