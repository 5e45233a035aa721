package dev.agora.launcher.load;

/**
 * A member who follows another.
 *
 * @param follower the handle of the member who follows
 * @param followee the handle of the member who is followed
 */
record Follow(String follower, String followee) {

	String key() {
		return "follow " + this.follower + " " + this.followee;
	}

}
