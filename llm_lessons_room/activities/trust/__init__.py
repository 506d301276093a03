"""Trust or check? Answers are judged, then judged anew beside their repetitions."""
