package dev.agora.session.member;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.session.member.Handles.Entry;
import dev.agora.session.member.Registration.Outcome;

/**
 * Registers many members with a few writes: first the reservations of all handles, then
 * the members. Each step may be repeated after a crash, and finds what it did before by
 * the row in the reservation. A handle that somebody reserved before goes the way of a
 * single registration.
 */
public final class BulkRegistrations {

	private static final int CONCURRENCY = 8;

	private final Members members;

	private final MemberCache cache;

	private final IdGenerator ids;

	public BulkRegistrations(Members members, MemberCache cache, IdGenerator ids) {
		this.members = members;
		this.cache = cache;
		this.ids = ids;
	}

	/**
	 * Registers members.
	 * @param batch the members, each with another handle
	 * @return the outcomes by handle
	 */
	public Mono<Map<String, Outcome>> register(Collection<Registration> batch) {
		if (batch.isEmpty()) {
			return Mono.just(Map.of());
		}
		List<Entry> entries = batch.stream()
			.map((each) -> new Entry(each.handle(), this.ids.next(), each.importedBy()))
			.toList();
		return this.members.handles().reserveAll(entries).flatMap((earlier) -> {
			Plan plan = Plan.of(batch, entries, earlier);
			return create(plan.own).zipWith(reconcile(plan.others), BulkRegistrations::union);
		});
	}

	/** Creates the members whose handles are reserved for their rows. */
	private Mono<Map<String, Outcome>> create(Map<String, Registration> byId) {
		Map<String, Change<Member>> creations = new LinkedHashMap<>();
		byId.forEach((id, each) -> creations.put(id, each.toMember(IdGenerator.createdAt(id))));
		return this.members.documents().createAll(creations, this::find).map((found) -> toOutcomes(byId, found));
	}

	/**
	 * An id that is used has this row's member, or was fenced by another registration.
	 */
	private Mono<Found> find(Set<String> used) {
		return used.isEmpty() ? Mono.just(new Found(used, Map.of()))
				: this.members.documents().findAll(used).collectMap(Stored::id).map((live) -> new Found(used, live));
	}

	private static Map<String, Outcome> toOutcomes(Map<String, Registration> byId, Found found) {
		Map<String, Outcome> outcomes = new HashMap<>();
		byId.forEach((id, each) -> outcomes.put(each.handle(), found.isLost(id) ? Outcome.TAKEN : Outcome.CREATED));
		return outcomes;
	}

	/** Compares rows with the members who have their handles. */
	private Mono<Map<String, Outcome>> reconcile(Map<String, Registration> byMember) {
		return byMember.isEmpty() ? Mono.just(Map.of())
				: this.members.documents()
					.findAll(byMember.keySet())
					.collectMap(Stored::id)
					.flatMap((live) -> Flux.fromIterable(byMember.entrySet())
						.flatMap((row) -> reconcile(row.getValue(), Optional.ofNullable(live.get(row.getKey())))
							.map((outcome) -> Map.entry(row.getValue().handle(), outcome)), CONCURRENCY)
						.collectMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private Mono<Outcome> reconcile(Registration row, Optional<Stored<Member>> present) {
		return present.map((member) -> compare(row, member)).orElseGet(() -> registerAlone(row));
	}

	/**
	 * An import never changes the name or the password of a member, who may have chosen
	 * them. A member without a password has never logged in.
	 */
	private Mono<Outcome> compare(Registration row, Stored<Member> member) {
		if (!member.value().handle().equals(row.handle()) || !member.value().name().equals(row.name())) {
			return Mono.just(Outcome.TAKEN);
		}
		if (!member.value().passwordHash().isEmpty() || row.passwordHash().isEmpty()) {
			return Mono.just(Outcome.UNCHANGED);
		}
		return this.members.changePasswordHash(member.id(), "", row.passwordHash())
			.flatMap((changed) -> this.cache.put(changed).thenReturn(changed.value().passwordHash()))
			.map((hash) -> hash.equals(row.passwordHash()) ? Outcome.CHANGED : Outcome.UNCHANGED)
			.onErrorReturn(NotFound.class, Outcome.TAKEN);
	}

	/** The handle is being registered, was given up, or belonged to a deleted member. */
	private Mono<Outcome> registerAlone(Registration row) {
		String id = this.ids.next();
		return this.members.register(id, row.toMember(IdGenerator.createdAt(id)), Optional.empty())
			.map((created) -> Outcome.CREATED)
			.onErrorReturn(Conflict.class, Outcome.TAKEN);
	}

	private static Map<String, Outcome> union(Map<String, Outcome> some, Map<String, Outcome> others) {
		Map<String, Outcome> all = new HashMap<>(some);
		all.putAll(others);
		return all;
	}

	/**
	 * The ids that were used before their members were created.
	 *
	 * @param used the ids
	 * @param live the members that have one
	 */
	private record Found(Set<String> used, Map<String, Stored<Member>> live) {

		boolean isLost(String id) {
			return this.used.contains(id) && !this.live.containsKey(id);
		}

	}

	/**
	 * The rows of a batch by the id in the reservation of their handle.
	 *
	 * @param own the rows that made the reservation, now or in an earlier run
	 * @param others the rows whose handle was reserved before
	 */
	private record Plan(Map<String, Registration> own, Map<String, Registration> others) {

		static Plan of(Collection<Registration> batch, List<Entry> entries, Map<String, Entry> earlier) {
			Plan plan = new Plan(new LinkedHashMap<>(), new LinkedHashMap<>());
			List<Registration> rows = new ArrayList<>(batch);
			for (int i = 0; i < rows.size(); i++) {
				@Nullable Entry before = earlier.get(rows.get(i).handle());
				plan.add(rows.get(i), (before != null) ? before : entries.get(i));
			}
			return plan;
		}

		private void add(Registration row, Entry entry) {
			boolean isOwn = row.importedBy().equals(entry.importedBy());
			(isOwn ? this.own : this.others).put(entry.member(), row);
		}

	}

}
