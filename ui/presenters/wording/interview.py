"""Sentences about interviews, focus groups, consent and drop-ins."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "consent.agreed": "Select whether the person has agreed to take part",
    "consent.given_by": "Enter who agreed for them",
    "consent.given_why": "Enter why somebody else agreed for them",
    "consent.power": "Enter the legal power that is used",
    "consent.attribution": "Select how you may use what they say",
    "consent.role": "Select a broad role, or choose ‘Not attributable’",
    "consent.name": "Enter the name they want to be known by",
    "consent.quoting": "Select whether you may use their exact words",
    "consent.reason": "Enter why this protects the person less than before",
    "consent.future": "Date must be today or in the past",
    "consent.withdrawn_already": "This consent is withdrawn already. Nothing was changed",
    "interview.not_one": "‘{title}’ is not an interview or a focus group",
    "interview.no_consent": (
        "Record consent before the first answer. Your text is kept on this laptop and can be saved after that"
    ),
    "interview.refused": "The person did not agree to take part, so nothing can be noted here",
    "interview.withdrawn": "The person withdrew, so nothing more can be noted here. The notes made before are held",
    "interview.person_held": "Person {person} did not agree or withdrew, so nothing they say can be noted",
    "interview.speaker": (
        "This interview is not attributable, so ‘{code}’ cannot stand as the speaker. Take the code off, or change how "
        "you may use what they say"
    ),
    "interview.guide_chosen": "The questions of this interview were chosen already. Add your own question instead",
    "interview.question_unknown": "This question is not in the interview",
    "interview.no_question": "Enter a question",
    "interview.size": "People must be a number from 1 to {most}",
    "interview.size_known": "People have joined or left since, so record the next one who joins or leaves instead",
    "interview.is_there": "Person {person} is here already",
    "interview.person_unknown": "There is no person {person} in this group now",
    "dropin.not_one": "‘{title}’ is not a drop-in",
    "dropin.people": "People must be a number from 1 to {most}",
    "dropin.minutes": "Minutes must be a number from 1 to {most}",
    "dropin.who": "Who must be like 3s: how many people, then p, c, s, l, a or o. This one is ‘{text}’",
    "dropin.speaker": "A drop-in names nobody, so ‘{code}’ cannot stand as the speaker. Take the code off",
    "dropin.taken_back": "This conversation was taken back already",
}
