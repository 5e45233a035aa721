package dev.agora.console.broker;

import java.util.List;

/**
 * A topic.
 *
 * @param name the name
 * @param partitions the number of partitions
 * @param end the number of records that were ever written to it
 * @param rate the records written each second
 * @param groups the groups that read it
 */
public record Topic(String name, int partitions, long end, double rate, List<Group> groups) {

	/**
	 * A group that reads a topic.
	 *
	 * @param id the id of the group
	 * @param lag the records that it has not read yet
	 * @param shared whether the group shares records, as queues of jobs do
	 */
	public record Group(String id, long lag, boolean shared) {
	}

}
