package dev.agora.platform.member;

import java.time.Instant;

import dev.agora.platform.testing.TestEvents;

/** Delivers events of members without Kafka. */
public final class TestMemberEvents {

	private TestMemberEvents() {
	}

	/** Delivers the deletion of a member to the listener of a service. */
	public static void deliverDeletion(MemberListener listener, String memberId) {
		listener.apply(TestEvents.received(memberId, 2, Instant.EPOCH, new MemberEvent.Deleted())).block();
	}

}
