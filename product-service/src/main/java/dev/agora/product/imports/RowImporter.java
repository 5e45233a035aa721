package dev.agora.product.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.imports.SellerKeys.WrittenRow;

/**
 * Writes the products of rows, so that afterwards each is as its row says. The same row
 * of the same job has the same outcome however often it is written.
 */
public final class RowImporter {

	/**
	 * A row needs two rounds if another import creates its product in the meantime, and
	 * three if the product was deleted.
	 */
	private static final int ROUNDS = 5;

	private static final int CONCURRENT_CHANGES = 8;

	/**
	 * Shorter than a tombstone is kept. An older id without a product is that of a
	 * deleted one: consumers keep its version and would ignore a product with this id.
	 */
	private static final Duration USABLE = Duration.ofHours(24);

	private final Products products;

	private final SellerKeys keys;

	private final IdGenerator ids;

	private final Clock clock;

	RowImporter(Products products, SellerKeys keys, IdGenerator ids, Clock clock) {
		this.products = products;
		this.keys = keys;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Writes the products of rows with different keys.
	 * @param job the id of the job
	 * @return the numbers of their outcomes
	 */
	Mono<ImportResult> write(String job, List<Row.Valid<Product>> rows) {
		Map<String, WrittenRow> written = new LinkedHashMap<>();
		rows.forEach((row) -> written.put(row.key(), new WrittenRow(job, row.line(), ImportOutcome.CREATED)));
		return this.keys.assign(written, this.ids::next)
			.map((assigned) -> rows.stream()
				.map((row) -> new RowTarget(row, Objects.requireNonNull(assigned.get(row.key())), job))
				.toList())
			.flatMap((targets) -> write(new Round(targets, Set.of(), 1)))
			.map(RowImporter::toResult);
	}

	private static ImportResult toResult(List<ImportOutcome> outcomes) {
		return new ImportResult(count(outcomes, ImportOutcome.CREATED), count(outcomes, ImportOutcome.CHANGED),
				count(outcomes, ImportOutcome.UNCHANGED), 0, List.of());
	}

	private static long count(List<ImportOutcome> outcomes, ImportOutcome outcome) {
		return outcomes.stream().filter(outcome::equals).count();
	}

	private Mono<List<ImportOutcome>> write(Round round) {
		if (round.targets().isEmpty()) {
			return Mono.just(List.of());
		}
		if (round.number() > ROUNDS) {
			return Mono
				.error(new Unavailable("The products are being changed by another import.", Duration.ofSeconds(1)));
		}
		return this.products.findAll(round.existingIds())
			.collectMap(Stored::id)
			.flatMap((found) -> reassignDeleted(round, found)
				.flatMap((targets) -> write(targets, found, round.number())));
	}

	/** Gives new ids to the targets whose product was deleted. */
	private Mono<List<RowTarget>> reassignDeleted(Round round, Map<String, Stored<Product>> found) {
		Instant usableFrom = this.clock.instant().minus(USABLE);
		return Flux.fromIterable(round.targets())
			.concatMap((target) -> round.isDeleted(target, found, usableFrom) ? reassign(target) : Mono.just(target))
			.collectList();
	}

	private Mono<RowTarget> reassign(RowTarget target) {
		return this.keys.reassign(target.row().key(), target.id(), this.ids.next()).map(target::withAssignment);
	}

	private Mono<List<ImportOutcome>> write(List<RowTarget> targets, Map<String, Stored<Product>> found, int number) {
		Plan plan = new Plan();
		targets.forEach((target) -> plan.add(target, found.get(target.id())));
		return this.keys.record(plan.toRecord)
			.then(this.products.addAll(plan.creations()))
			.flatMap((taken) -> change(plan.changes).map((deleted) -> union(taken, deleted)))
			.flatMap((open) -> write(plan.next(open, number + 1)).map((later) -> plan.outcomes(open, later)));
	}

	/** Changes products; returns the ids of those that were deleted in the meantime. */
	private Mono<Set<String>> change(Collection<RowTarget> targets) {
		return Flux.fromIterable(targets)
			.flatMap((target) -> this.products
				.change(target.id(), (product) -> product.replaceByImported(target.row().value()))
				.then(Mono.<String>empty())
				.onErrorResume(NotFound.class, (deleted) -> Mono.just(target.id())), CONCURRENT_CHANGES)
			.collect(HashSet::new, Set::add);
	}

	private static Set<String> union(Set<String> some, Set<String> others) {
		Set<String> all = new HashSet<>(some);
		all.addAll(others);
		return all;
	}

	/**
	 * A pass over the rows that are not written yet.
	 *
	 * @param targets the rows
	 * @param taken the ids under which no product could be created
	 * @param number the number of the round, from 1
	 */
	private record Round(List<RowTarget> targets, Set<String> taken, int number) {

		List<String> existingIds() {
			return this.targets.stream()
				.filter((target) -> !target.assignment().fresh() || this.taken.contains(target.id()))
				.map(RowTarget::id)
				.toList();
		}

		boolean isDeleted(RowTarget target, Map<String, Stored<Product>> found, Instant usableFrom) {
			return !found.containsKey(target.id()) && (this.taken.contains(target.id())
					|| (!target.assignment().fresh() && IdGenerator.createdAt(target.id()).isBefore(usableFrom)));
		}

	}

	/** The writes of a round. */
	private static final class Plan {

		private final Map<String, WrittenRow> toRecord = new LinkedHashMap<>();

		private final List<RowTarget> creations = new ArrayList<>();

		private final List<RowTarget> changes = new ArrayList<>();

		private final List<ImportOutcome> unchanged = new ArrayList<>();

		void add(RowTarget target, @Nullable Stored<Product> found) {
			if (found == null) {
				plan(this.creations, target, ImportOutcome.CREATED);
			}
			else if (found.value().replaceBy(target.row().value()).event() != null) {
				plan(this.changes, target, ImportOutcome.CHANGED);
			}
			else {
				this.unchanged.add(target.outcome(ImportOutcome.UNCHANGED));
			}
		}

		private void plan(List<RowTarget> writes, RowTarget target, ImportOutcome outcome) {
			writes.add(target);
			if (!target.isRecorded()) {
				this.toRecord.put(target.row().key(), target.toWrittenRow(outcome));
			}
		}

		Map<String, Change<Product>> creations() {
			Map<String, Change<Product>> creations = new HashMap<>();
			this.creations.forEach((target) -> creations.put(target.id(),
					target.row().value().publishImported(IdGenerator.createdAt(target.id()))));
			return creations;
		}

		Round next(Set<String> open, int number) {
			List<RowTarget> targets = new ArrayList<>();
			this.creations.stream().filter((target) -> open.contains(target.id())).forEach(targets::add);
			this.changes.stream().filter((target) -> open.contains(target.id())).forEach(targets::add);
			return new Round(targets, open, number);
		}

		List<ImportOutcome> outcomes(Set<String> open, List<ImportOutcome> later) {
			List<ImportOutcome> all = new ArrayList<>(this.unchanged);
			addOutcomes(all, this.creations, open, ImportOutcome.CREATED);
			addOutcomes(all, this.changes, open, ImportOutcome.CHANGED);
			all.addAll(later);
			return all;
		}

		private static void addOutcomes(List<ImportOutcome> all, List<RowTarget> written, Set<String> open,
				ImportOutcome outcome) {
			written.stream()
				.filter((target) -> !open.contains(target.id()))
				.forEach((target) -> all.add(target.outcome(outcome)));
		}

	}

}
