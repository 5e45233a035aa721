package dev.agora.measure;

import java.util.List;

/**
 * A request of a member of the group, about another one.
 *
 * @param name the name in the table
 * @param method the HTTP method
 * @param path the path, with {@code OTHER} for the id of a member of the group, and
 * {@code HUB} for that of the most followed member
 */
record GrowthRoute(String name, String method, String path) {

	/** The routes; a write is followed by the one that undoes it. */
	static final List<GrowthRoute> ALL = List.of(new GrowthRoute("counts and relation", "GET", "members/OTHER"),
			new GrowthRoute("counts of the most followed", "GET", "members/HUB"),
			new GrowthRoute("followers", "GET", "members/OTHER/followers"),
			new GrowthRoute("followers of the most followed", "GET", "members/HUB/followers"),
			new GrowthRoute("following", "GET", "members/OTHER/following"),
			new GrowthRoute("friends", "GET", "members/OTHER/friends"),
			new GrowthRoute("mutual friends", "GET", "members/OTHER/mutual-friends"),
			new GrowthRoute("path", "GET", "members/OTHER/path"), new GrowthRoute("suggestions", "GET", "suggestions"),
			new GrowthRoute("follow", "PUT", "following/OTHER"),
			new GrowthRoute("unfollow", "DELETE", "following/OTHER"),
			new GrowthRoute("follow the most followed", "PUT", "following/HUB"),
			new GrowthRoute("unfollow the most followed", "DELETE", "following/HUB"),
			new GrowthRoute("block", "PUT", "blocks/OTHER"), new GrowthRoute("unblock", "DELETE", "blocks/OTHER"));

	boolean isWrite() {
		return !this.method.equals("GET");
	}

}
