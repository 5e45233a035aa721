package dev.agora.session.member;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.conditional.IfMatch;

/**
 * The system of record of members, no two of whom have the same handle.
 * <p>
 * Shard key: {@code _id}, the id of the member.
 */
public final class Members {

	/** The topic of {@link MemberEvent}s. */
	public static final String TOPIC = "session.members.v1";

	private static final String OPERATOR_SINCE = "value.operatorSince";

	private static final int MAX_OPERATORS = 1_000;

	private final Documents<Member> documents;

	private final Handles handles;

	private final MemberSettings settings;

	private final Clock clock;

	public Members(MongoDatabase database, DocumentStore store, MemberSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.documents = store.trackedDocuments("members", Member.class, TOPIC);
		this.handles = new Handles(database, this.documents);
		store.addIndex(database.getCollection("members"), Indexes.ascending(OPERATOR_SINCE),
				new IndexOptions().sparse(true));
		store.addMigration(new EarlierHandles(database, this.handles).run());
	}

	/**
	 * Registers a member.
	 * @return the new member, or the one that the same request registered before
	 * @throws Conflict if the handle is taken
	 */
	public Mono<Stored<Member>> register(String id, Change<Member> registration, Optional<Idempotency> idempotency) {
		String handle = Objects.requireNonNull(registration.next()).handle();
		return this.documents.reserve(id, idempotency)
			.flatMap((reserved) -> this.handles.reserve(handle, reserved)
				.then(Mono.defer(() -> this.documents.createReserved(reserved, registration))))
			.onErrorMap(Conflict.class, (taken) -> new Conflict("handle-taken", "handle", "This handle is taken."));
	}

	/**
	 * Changes the name of a member.
	 * @param ifMatch the version that the client expects
	 * @throws NotFound if there is no such member
	 * @throws PreconditionFailed if the member has another version
	 * @throws TooManyRequests if it was changed too often
	 */
	public Mono<Stored<Member>> rename(String id, IfMatch ifMatch, String name) {
		Instant at = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		return this.documents.change(id, (current) -> {
			ifMatch.require(current.version());
			return current.value().rename(name, at, this.settings.renamesPerHour());
		}).onErrorMap(NotFound.class, (missing) -> NotFound.of("member", id));
	}

	/**
	 * Deletes a member.
	 * @param ifMatch the version that the client expects, if any
	 * @throws NotFound if there is no such member
	 * @throws PreconditionFailed if the member has another version
	 */
	public Mono<Void> delete(String id, Optional<IfMatch> ifMatch) {
		Instant handleFreeAt = this.clock.instant().plus(this.settings.handleRetention());
		return this.documents.change(id, (current) -> {
			ifMatch.ifPresent((condition) -> condition.require(current.version()));
			return current.value().delete(handleFreeAt);
		}).then();
	}

	Documents<Member> documents() {
		return this.documents;
	}

	Handles handles() {
		return this.handles;
	}

	/**
	 * Replaces the hash of a member's password, unless it was replaced meanwhile.
	 * @return the member afterwards
	 * @throws NotFound if there is no such member
	 */
	Mono<Stored<Member>> changePasswordHash(String id, String old, String hash) {
		return this.documents.change(id, (current) -> current.value().changePasswordHash(old, hash));
	}

	/**
	 * Makes a member an operator.
	 * @return the member afterwards
	 * @throws NotFound if there is no such member
	 */
	public Mono<Stored<Member>> grantOperator(String id) {
		Instant at = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		return this.documents.change(id, (current) -> current.value().grantOperator(at));
	}

	/**
	 * Ends the rights of an operator.
	 * @return the member afterwards
	 * @throws NotFound if there is no such member
	 */
	public Mono<Stored<Member>> revokeOperator(String id) {
		return this.documents.change(id, (current) -> current.value().revokeOperator());
	}

	/** Lists the operators, the newest first. */
	public Flux<Stored<Member>> listOperators() {
		return this.documents.list(Filters.gt(OPERATOR_SINCE, Instant.EPOCH), Sorts.descending(OPERATOR_SINCE),
				MAX_OPERATORS);
	}

	/** Finds a member by id. */
	public Mono<Stored<Member>> find(String id) {
		return this.documents.find(id);
	}

	/** Finds a member by handle. */
	public Mono<Stored<Member>> findByHandle(String handle) {
		return this.handles.find(handle)
			.flatMap(this.documents::find)
			.filter((member) -> member.value().handle().equals(handle));
	}

}
