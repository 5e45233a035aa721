package dev.agora.graph.suggestion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.SuggestionList;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.problem.input.QueryParameters;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Lists and dismisses suggestions for the caller. */
@RestController
@RequestMapping("/graph/suggestions")
public class SuggestionController {

	private final SuggestionReader reader;

	private final SuggestionFilter filter;

	private final Dismissals dismissals;

	private final MemberProjection members;

	SuggestionController(SuggestionReader reader, SuggestionFilter filter, Dismissals dismissals,
			MemberProjection members) {
		this.reader = reader;
		this.filter = filter;
		this.dismissals = dismissals;
		this.members = members;
	}

	@GetMapping
	Mono<SuggestionPageView> list(Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
		PageRequest page = PageRequest.withOwnCursor(QueryParameters.single(parameters, "limit"),
				QueryParameters.single(parameters, "cursor"));
		Optional<SuggestionCursor> after = Optional.ofNullable(page.cursor()).map(SuggestionCursor::parse);
		return this.members.requireAccount(caller)
			.then(Mono.defer(() -> this.reader.find(caller.id())))
			.flatMap((list) -> toPage(caller.id(), list, after, page));
	}

	private Mono<SuggestionPageView> toPage(String member, SuggestionList list, Optional<SuggestionCursor> after,
			PageRequest page) {
		List<Suggestion> rest = list.items()
			.stream()
			.filter((item) -> after.isEmpty() || after.get().isBefore(item))
			.toList();
		return this.filter.filter(member, rest)
			.buffer(page.limit() + 1)
			.concatMap(this::withCards, 1)
			.take(page.limit() + 1L)
			.collectList()
			.map((read) -> Page.cut(read, page, (shown) -> SuggestionCursor.of(shown.suggestion()).toString()))
			.map((cut) -> SuggestionPageView.of(cut.map(Shown::toView), list));
	}

	/** Takes names from the projection, which lacks members that are deleted. */
	private Flux<Shown> withCards(List<Suggestion> suggestions) {
		Map<String, Suggestion> byId = new LinkedHashMap<>();
		suggestions.forEach((each) -> byId.put(IdGenerator.ofNumber(each.number()), each));
		return this.members.list(byId.keySet())
			.flatMapIterable((cards) -> cards)
			.map((card) -> new Shown(Objects.requireNonNull(byId.get(card.id())), card));
	}

	/** Dismissing may be repeated, also after the dismissed member has gone. */
	@DeleteMapping("/{memberId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> dismiss(Caller caller, @PathVariable String memberId) {
		if (caller.id().equals(memberId)) {
			throw InvalidRequest.unprocessable("oneself", "memberId", "A member is not suggested to themselves.");
		}
		return this.members.requireAccount(caller)
			.then(Mono.defer(() -> this.members.require(memberId)))
			.flatMap((member) -> this.dismissals.add(caller.id(), member.id()).then(requireKept(caller)))
			.onErrorResume(NotFound.class, (unknown) -> requireDismissed(caller.id(), memberId, unknown))
			.then();
	}

	/**
	 * The account may have been deleted since, and what it has may have been removed
	 * before this dismissal was added.
	 */
	private Mono<Boolean> requireKept(Caller caller) {
		return Mono.defer(() -> this.members.requireAccount(caller))
			.onErrorResume(Unauthenticated.class,
					(deleted) -> this.dismissals.removeAll(caller.id()).then(Mono.error(deleted)))
			.thenReturn(true);
	}

	private Mono<Boolean> requireDismissed(String owner, String other, NotFound unknown) {
		return this.dismissals.contains(owner, other)
			.flatMap((dismissed) -> dismissed ? Mono.just(true) : Mono.error(unknown));
	}

	private record Shown(Suggestion suggestion, MemberCard card) {

		SuggestionView toView() {
			return new SuggestionView(this.card, this.suggestion.mutual());
		}

	}

}
