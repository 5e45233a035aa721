package dev.agora.session.account;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberRemoval;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.MemberEvent;
import dev.agora.session.member.Members;
import dev.agora.session.member.Profile;
import dev.agora.session.session.SessionCache;

/**
 * Completes the work of a writer that died after its write: it changes or ends the
 * member's sessions, ends the jobs of a deleted one, and evicts the cached member. The
 * eviction comes last, since it waits for Redis.
 */
public class MemberListener {

	private final EventStream events;

	private final Members members;

	private final MemberCache cache;

	private final SessionCache sessions;

	private final MemberRemoval jobs;

	public MemberListener(EventStream events, Members members, MemberCache cache, SessionCache sessions,
			MemberRemoval jobs) {
		this.events = events;
		this.members = members;
		this.cache = cache;
		this.sessions = sessions;
		this.jobs = jobs;
	}

	@KafkaListener(topics = Members.TOPIC, groupId = "session.members")
	void onMembers(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, MemberEvent.class, this::apply);
	}

	Mono<Void> apply(ReceivedEvent<MemberEvent> received) {
		Mono<Void> sessions = (received.event() instanceof MemberEvent.Registered) ? Mono.empty()
				: reconcileSessions(received.id());
		Mono<Void> jobs = (received.event() instanceof MemberEvent.Deleted) ? this.jobs.removeAllOf(received.id())
				: Mono.empty();
		return sessions.then(jobs).then(Mono.defer(() -> this.cache.invalidate(received.id(), received.version())));
	}

	private Mono<Void> reconcileSessions(String id) {
		return this.members.find(id)
			.map(Profile::of)
			.singleOptional()
			.flatMap((member) -> member.map(this.sessions::changeMember).orElseGet(() -> this.sessions.endAll(id)));
	}

}
