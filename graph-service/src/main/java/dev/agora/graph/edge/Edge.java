package dev.agora.graph.edge;

/**
 * A direction between two members.
 *
 * @param from the id of the member who follows or blocks
 * @param to the id of the other member
 */
public record Edge(String from, String to) {

	/** Returns the opposite direction. */
	public Edge reversed() {
		return new Edge(this.to, this.from);
	}

}
