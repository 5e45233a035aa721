package dev.agora.measure;

import java.util.List;

/**
 * A request of a member of the group, about other members of it.
 *
 * @param name the name in the table
 * @param methods the HTTP methods: a write and the one that undoes it are sent equally
 * often
 * @param path the path, with {@code OTHER} for the id of a member of the group, and
 * {@code HUB} for that of the most followed member
 * @param connections the number of connections over which it is sent
 */
record GrowthRoute(String name, List<String> methods, String path, int connections) {

	private static final int CONNECTIONS = 16;

	/** A member may run two searches for a path at a time; further ones are refused. */
	private static final int SEARCHES = 2;

	/** The routes that are measured. */
	static final List<GrowthRoute> ALL = List.of(read("counts and relation", "members/OTHER"),
			read("counts of the most followed", "members/HUB"), read("followers", "members/OTHER/followers"),
			read("followers of the most followed", "members/HUB/followers"),
			read("following", "members/OTHER/following"), read("friends", "members/OTHER/friends"),
			read("mutual friends", "members/OTHER/mutual-friends"), search("path", "members/OTHER/path"),
			read("suggestions", "suggestions"), write("follow, unfollow", "following/OTHER"),
			write("follow, unfollow the most followed", "following/HUB"), write("block, unblock", "blocks/OTHER"));

	private static GrowthRoute read(String name, String path) {
		return new GrowthRoute(name, List.of("GET"), path, CONNECTIONS);
	}

	private static GrowthRoute search(String name, String path) {
		return new GrowthRoute(name, List.of("GET"), path, SEARCHES);
	}

	private static GrowthRoute write(String name, String path) {
		return new GrowthRoute(name, List.of("PUT", "DELETE"), path, CONNECTIONS);
	}

	boolean isWrite() {
		return this.methods.size() > 1;
	}

	/**
	 * Returns the paths of the requests at graph-service.
	 * @param others the ids of the other members
	 * @param hub the id of the most followed member
	 */
	List<String> paths(List<String> others, String hub) {
		return others.stream()
			.map((other) -> "/graph/" + this.path.replace("OTHER", other).replace("HUB", hub))
			.distinct()
			.toList();
	}

}
