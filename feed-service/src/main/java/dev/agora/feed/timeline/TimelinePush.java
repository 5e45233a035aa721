package dev.agora.feed.timeline;

import java.util.List;

/**
 * An activity that is pushed into timelines.
 *
 * @param owners the owners of the timelines
 * @param activityId the id of the activity
 */
public record TimelinePush(List<String> owners, String activityId) {
}
