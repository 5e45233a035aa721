package dev.agora.feed.fanout;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The followers of some authors, as far as small fan-outs need them.
 *
 * @param followers the followers by author, without pulled authors; an author without
 * followers may be missing
 * @param pulled the authors who were pulled when the followers were read
 */
record Audiences(Map<String, List<String>> followers, Set<String> pulled) {

	List<String> followersOf(String author) {
		return this.followers.getOrDefault(author, List.of());
	}

	boolean isPulled(String author) {
		return this.pulled.contains(author);
	}

}
