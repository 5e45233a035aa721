package dev.agora.feed.timeline;

import java.util.Optional;

import dev.agora.platform.web.Consistency;

/**
 * The caller who reads a list of activities.
 *
 * @param member the id of the member, empty for an anonymous caller
 * @param consistency the requested consistency
 */
record Viewer(Optional<String> member, Consistency consistency) {

	static Viewer of(String member, Consistency consistency) {
		return new Viewer(Optional.of(member), consistency);
	}

}
