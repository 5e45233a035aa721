package dev.agora.launcher.load;

/**
 * Who follows whom.
 *
 * @param follower the handle of the one who follows
 * @param followee the handle of the other
 */
record Follow(String follower, String followee) {

	String key() {
		return "follow " + this.follower + " " + this.followee;
	}

}
