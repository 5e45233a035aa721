/** One that passes for Javadoc. */
class Javadoc {

}
