//! Use cases in plain verbs; the command line and the web server call these and only these.
