package dev.agora.session.member;

import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.web.Idempotency;

/** All members, and that no two have the same handle. */
public final class Members {

	/** Where what happens to members is told. */
	static final String TOPIC = "session.members.v1";

	private final Documents<Member> documents;

	public Members(DocumentStore store) {
		this.documents = store.documents("members", Member.class, TOPIC).unique(Indexes.ascending("value.handle"));
	}

	/**
	 * Adds a member.
	 * @return the new member, or the one that the same request made before
	 * @throws Conflict if the handle is taken
	 */
	public Mono<Stored<Member>> register(String id, Change<Member> registration, Optional<Idempotency> idempotency) {
		return this.documents.create(id, registration, idempotency)
			.onErrorMap(Conflict.class, (taken) -> new Conflict("handle-taken", "handle", "This handle is taken."));
	}

	/** A member by id; empty where there is none. */
	public Mono<Stored<Member>> find(String id) {
		return this.documents.find(id);
	}

	/** A member by handle; empty where there is none. */
	public Mono<Stored<Member>> findByHandle(String handle) {
		return this.documents.first(Filters.eq("value.handle", handle));
	}

}
